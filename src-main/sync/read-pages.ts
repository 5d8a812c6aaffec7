import { pullFrame, type PullFrame } from "#shared/contracts/sync/wire.ts";
import { Fault } from "#main/app/ports/fault.ts";

type FrameOf<K extends PullFrame["k"]> = Extract<PullFrame, { k: K }>;

/** Rows of one stream, and the cursor that is good once all of them are written. */
export type FeedPage = {
  readonly cursor: FrameOf<"cur">;
  readonly rows: readonly (FrameOf<"row"> | FrameOf<"del">)[];
  /** The stream is read from its beginning again; these are the first rows of that. */
  readonly reset?: FrameOf<"reset">;
};

export type FeedAnswer = {
  readonly header: FrameOf<"hdr"> | undefined;
  readonly pages: readonly FeedPage[];
  /** Its end came too. Of an answer that broke off, the pages that were closed are good. */
  readonly isWhole: boolean;
};

/**
 * Reads the lines of an answer as far as they came.
 *
 * @param lines parsed, undefined where one is no JSON
 * @throws Fault `BAD_ANSWER` when one before the last is not of this protocol
 */
export function readPages(lines: readonly unknown[]): FeedAnswer {
  let header: FeedAnswer["header"];
  const pages: FeedPage[] = [];
  let rows: FeedPage["rows"][number][] = [];
  let reset: FeedPage["reset"];
  for (const [i, line] of lines.entries()) {
    const read = pullFrame.safeParse(line);
    if (!read.success && i < lines.length - 1) throw new Fault("BAD_ANSWER", { cause: read.error });
    // A line cut in its middle is the last one.
    if (!read.success) break;
    const frame = read.data;
    if (frame.k === "end") return { header, pages, isWhole: true };
    if (frame.k === "hdr") header = frame;
    else if (frame.k === "cur") {
      pages.push({ cursor: frame, rows, ...(reset && { reset }) });
      rows = [];
      reset = undefined;
    } else if (frame.k === "reset") reset = frame;
    else rows.push(frame);
  }
  return { header, pages, isWhole: false };
}

/** Written in some fifty milliseconds. */
const rowsAtOnceMax = 2_000;

/**
 * The same page in pieces, between which the counter is served. Head office sends the rows of a stream in the order of their numbers, so a cursor
 * may stand behind any of them, as it does where head office's own page ends; a page in another order stays whole.
 */
export function inPieces({ cursor, rows, reset }: FeedPage, rowsAtOnce = rowsAtOnceMax): readonly FeedPage[] {
  const begin = reset && { reset };
  const isInOrder = rows.every(({ g }, i) => g > (rows[i - 1]?.g ?? 0));
  if (rows.length <= rowsAtOnce || !isInOrder) return [{ cursor, rows, ...begin }];
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, i): FeedPage => {
    const piece = rows.slice(i * rowsAtOnce, (i + 1) * rowsAtOnce);
    const isLast = (i + 1) * rowsAtOnce >= rows.length;
    const unfinished: FeedPage["cursor"] = { k: "cur", s: cursor.s, g: piece.at(-1)?.g ?? cursor.g, more: true };
    return { cursor: isLast ? cursor : unfinished, rows: piece, ...(i === 0 && begin) };
  });
}
