import { anyByte, Damage, exactly, silence, type Grammar } from "./grammar.ts";

export const esc = 0x1b;
/** The one status that means yes. */
export const good = 0x30;
const failed = 0x41;
const blockStart = 0x73;
const blockEnd = 0x1c;
const questionMark = 0x3f;
const unreadableMark = 0x2a;
const blankMark = 0x2b;
const linkAlive = 0x79;
const modelEnd = 0x53;

/** One track of a block as it came, with its sentinels; null where the encoder says that it could not read it. */
export type TrackAnswer = string | null;

export type Answer =
  | { readonly kind: "status"; readonly status: number }
  /** Of tracks that hold nothing the text is empty. */
  | { readonly kind: "tracks"; readonly tracks: readonly TrackAnswer[]; readonly status: number }
  | { readonly kind: "bits"; readonly bits: readonly Uint8Array[]; readonly status: number }
  | { readonly kind: "text"; readonly text: string };

/** What may be waited for, named for what it tells. Each grammar begins right behind the first ESC. */
export const grammars = {
  status: () => statusAnswer(),
  tracks: () => blockAnswer(trackBlock),
  bits: () => blockAnswer(bitBlock),
  link: () => linkAnswer(),
  model: () => modelAnswer(),
  firmware: () => firmwareAnswer(),
  coercivity: () => coercivityAnswer(),
  bitsPerCharacter: () => bitsPerCharacterAnswer(),
} as const satisfies Readonly<Record<string, () => Grammar<Answer>>>;
export type AnswerKind = keyof typeof grammars;

/** Adapters lose an ESC now and then: of this one answer the byte behind it is enough. */
export const beginsWithoutEsc = (kind: AnswerKind, byte: number): boolean => kind === "link" && byte === linkAlive;

function* statusAnswer(): Grammar<Answer> {
  return { kind: "status", status: statusIn(yield* anyByte()) };
}

function statusIn(byte: number): number {
  const isStatus = (byte >= good && byte <= questionMark) || byte === failed;
  if (!isStatus) throw new Damage("BAD_FORMAT");
  return byte;
}

/** A block and the status behind it. An encoder that understood nothing answers with the status alone. */
function* blockAnswer(block: () => Grammar<(status: number) => Answer>): Grammar<Answer> {
  const first = yield* anyByte();
  if (first !== blockStart) {
    const status = statusIn(first);
    if (status === good) throw new Damage("BAD_FORMAT");
    return { kind: "status", status };
  }
  const withStatus = yield* block();
  yield* exactly(esc);
  return withStatus(statusIn(yield* anyByte()));
}

function* trackBlock(): Grammar<(status: number) => Answer> {
  yield* exactly(esc, 1);
  const tracks = [yield* trackUpTo(2), yield* trackUpTo(3), yield* lastTrack()];
  return (status) => ({ kind: "tracks", tracks, status });
}

/** A track that ends where the next one is announced. */
function* trackUpTo(nextTrack: number): Grammar<TrackAnswer> {
  let text = "";
  for (;;) {
    const byte = yield* anyByte();
    if (byte !== esc) text += characterOf(byte);
    else {
      const code = yield* anyByte();
      if (code === nextTrack) return text;
      if (text !== "") throw new Damage("BAD_FORMAT");
      const mark = markIn(code);
      yield* exactly(esc, nextTrack);
      return mark;
    }
  }
}

/** Track 3 ends with the block, whose own `?` stands between the two. */
function* lastTrack(): Grammar<TrackAnswer> {
  let text = "";
  for (;;) {
    const byte = yield* anyByte();
    if (byte === blockEnd) {
      if (!text.endsWith("?")) throw new Damage("BAD_FORMAT");
      return text.slice(0, -1);
    }
    if (byte !== esc) text += characterOf(byte);
    else {
      if (text !== "") throw new Damage("BAD_FORMAT");
      const mark = markIn(yield* anyByte());
      yield* exactly(questionMark, blockEnd);
      return mark;
    }
  }
}

function characterOf(byte: number): string {
  if (byte < 0x20 || byte > 0x5f) throw new Damage("BAD_CHARACTER");
  return String.fromCharCode(byte);
}

function markIn(code: number): TrackAnswer {
  if (code === blankMark) return "";
  if (code === unreadableMark) return null;
  throw new Damage("BAD_FORMAT");
}

/** Bits of a track may look like anything, ESC included: only their length says where they end. */
function* bitBlock(): Grammar<(status: number) => Answer> {
  const bits: Uint8Array[] = [];
  for (const track of [1, 2, 3]) {
    yield* exactly(esc, track);
    const bytes = new Uint8Array(yield* anyByte());
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = yield* anyByte();
    bits.push(bytes);
  }
  yield* exactly(questionMark, blockEnd);
  return (status) => ({ kind: "bits", bits, status });
}

function* linkAnswer(): Grammar<Answer> {
  yield* exactly(linkAlive);
  return { kind: "status", status: good };
}

function* modelAnswer(): Grammar<Answer> {
  const digit = String.fromCharCode(yield* anyByte());
  if (!/^[0-9]$/.test(digit)) throw new Damage("BAD_FORMAT");
  yield* exactly(modelEnd);
  return { kind: "text", text: digit };
}

/** A text without an end of its own: the silence behind it ends it. */
function* firmwareAnswer(): Grammar<Answer> {
  let text = "";
  for (;;) {
    const byte = yield;
    if (byte === silence) {
      if (text === "") throw new Damage("TRUNCATED");
      return { kind: "text", text };
    }
    if (byte < 0x20 || byte > 0x7e) throw new Damage("BAD_FORMAT");
    text += String.fromCharCode(byte);
  }
}

function* coercivityAnswer(): Grammar<Answer> {
  const letter = String.fromCharCode(yield* anyByte()).toUpperCase();
  if (letter !== "H" && letter !== "L") throw new Damage("BAD_FORMAT");
  return { kind: "text", text: letter };
}

/** The encoder repeats what it was told; a refusal has nothing behind it. */
function* bitsPerCharacterAnswer(): Grammar<Answer> {
  const status = statusIn(yield* anyByte());
  if (status !== good) return { kind: "status", status };
  for (let track = 1; track <= 3; track += 1) {
    const bits = yield* anyByte();
    if (bits < 5 || bits > 8) throw new Damage("BAD_FORMAT");
  }
  return { kind: "status", status };
}
