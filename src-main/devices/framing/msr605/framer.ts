import type { Clock } from "#main/devices/clock.ts";
import { Silence } from "#main/devices/framing/silence.ts";
import { beginsWithoutEsc, esc, grammars, type Answer, type AnswerKind } from "./answers.ts";
import { Damage, silence, type Grammar } from "./grammar.ts";

/** What became of the wait for an answer. `nothing`: not one byte of it came in time. */
export type AnswerOutcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "damage"; readonly code: Damage["code"] }
  | { readonly kind: "nothing" };

/** Longer than the longest answer, which is a block of three tracks of 255 bytes of bits. */
const answerBytesMax = 1024;

type Wait = { readonly kind: AnswerKind; readonly grammar: Grammar<Answer>; bytes: number };

/**
 * Reads the answers of an encoder, one at a time and only when one is waited for: it says nothing of itself.
 *
 * The outcome is a function of the bytes and the silences between them, whatever chunks they come in. Nothing throws,
 * and no more is kept than one answer. What comes behind an answer, or too late for it, is nobody's.
 *
 * @see docs/protocols/msr605.md
 */
export class Msr605Framer {
  readonly #idleMs: number;
  readonly #onOutcome: (outcome: AnswerOutcome) => void;
  readonly #silence: Silence;
  #wait: Wait | undefined;

  constructor(idleMs: number, clock: Clock, onOutcome: (outcome: AnswerOutcome) => void) {
    this.#idleMs = idleMs;
    this.#onOutcome = onOutcome;
    this.#silence = new Silence(clock, () => this.#endBySilence());
  }

  /** @param withinMs how long its first byte may take */
  expect(kind: AnswerKind, withinMs: number): void {
    const grammar = grammars[kind]();
    // To the place where it asks for its first byte.
    grammar.next();
    this.#wait = { kind, grammar, bytes: 0 };
    this.#silence.await(withinMs);
  }

  /** Whatever comes now was not waited for. */
  forget(): void {
    this.#wait = undefined;
    this.#silence.stop();
  }

  data(bytes: Uint8Array): void {
    const wait = this.#wait;
    if (!wait) return;
    for (const byte of bytes) {
      this.#take(wait, byte);
      // The outcome may have led to the next question, and the rest of this chunk is no answer to that.
      if (this.#wait !== wait) return;
    }
    if (wait.bytes > 0) this.#silence.await(this.#idleMs);
  }

  #take(wait: Wait, byte: number): void {
    const isFirst = wait.bytes === 0;
    const isBare = isFirst && beginsWithoutEsc(wait.kind, byte);
    if (isFirst && byte !== esc && !isBare) return;
    wait.bytes += 1;
    if (wait.bytes > answerBytesMax) this.#end({ kind: "damage", code: "OVERSIZE" });
    else if (!isFirst || isBare) this.#step(wait.grammar, byte);
  }

  #endBySilence(): void {
    if (!this.#wait) return;
    if (this.#wait.bytes === 0) this.#end({ kind: "nothing" });
    else this.#step(this.#wait.grammar, silence);
  }

  #step(grammar: Grammar<Answer>, byte: number): void {
    let step;
    try {
      step = grammar.next(byte);
    } catch (cause) {
      if (!(cause instanceof Damage)) throw cause;
      this.#end({ kind: "damage", code: cause.code });
      return;
    }
    if (step.done === true) this.#end({ kind: "answer", answer: step.value });
  }

  #end(outcome: AnswerOutcome): void {
    this.forget();
    this.#onOutcome(outcome);
  }
}
