import type { Result } from "#shared/std/result.ts";
import { bucketSums, placesThatDiffer, type LeafSums } from "#shared/contracts/sync/leaf-sums.ts";
import { addHashes, leafOf, leavesInBucket, type RowHash, type RowKey } from "#shared/contracts/sync/row-hash.ts";
import { hashText, packSums, toWireSum, unpackSums } from "#shared/contracts/sync/wire-sums.ts";
import { repairLimits, repairReply, syncPath, type RepairReply, type RepairRequest } from "#shared/contracts/sync/wire.ts";
import type { ExchangeWriting, StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Signer } from "./enrol.ts";
import type { HttpLine, Network, WireRefusal } from "./http-line.ts";
import type { FeedPage } from "./read-pages.ts";
import { takeBack, takeIn } from "./take-in.ts";

type Ports = {
  readonly store: Store;
  readonly signer: Pick<Signer, "sha256">;
  readonly log: Logger;
  readonly network: Pick<Network, "breathe">;
  readonly self: () => Pick<StationIdentity, "replica" | "incarnation" | "serverEpoch">;
  readonly line: () => HttpLine;
  readonly inSession: <T>(work: (session: { readonly token: string }) => Promise<Result<T, WireRefusal>>) => Promise<Result<T, unknown>>;
};

type Sum = NonNullable<FeedPage["cursor"]["rows"]>;
type Span = { readonly stream: string; readonly cursor: number; readonly theirs: Sum; readonly asOfMs: number };
/** `read on`: the stream has moved, or is read again from its beginning. `unanswered`: head office would not say, and may next time. */
type Outcome = "mended" | "read on" | "differs" | "unanswered";

/** Looked at in some milliseconds; then the counter is served. */
const rowsAtOnce = 1_000;
/** Each mends what eight buckets of 256 lack. A copy that is worse is mended at the next exchanges. */
const roundsMax = 40;
/** Head office adds up a million rows in some seconds. */
const answerMs = 60_000;

/**
 * Mends what differs from head office's rows. At the end of a stream head office says what its rows add up to; where ours add up to something else,
 * it is asked where, and the rows that differ are fetched: of a million rows one costs two questions. What was typed here and is not settled is not
 * touched, since what head office told is kept beside it.
 */
export function makeMend(ports: Ports) {
  const { store, log, network, self, line, inSession } = ports;
  const { sha256 } = ports.signer;
  /** What could not be mended, by stream: it is not tried again until either side has changed. */
  const hopeless = new Map<string, string>();

  const sumOf = (stream: string): Sum => store.exchange((tx) => toWireSum(tx.sumOf(stream)));
  const isSame = (ours: Sum, theirs: Sum): boolean => ours.count === theirs.count && ours.sum === theirs.sum;

  /** All rows of a stream that are here as they were told, some at a time. */
  async function* told(stream: string): AsyncGenerator<RowKey & { readonly hash: RowHash }> {
    let last: RowKey = { kind: "", id: "" };
    for (;;) {
      const from = last;
      const rows = store.exchange((tx) => tx.toldAfter(stream, from, rowsAtOnce));
      yield* rows;
      last = rows.at(-1) ?? last;
      if (rows.length < rowsAtOnce) return;
      await network.breathe();
    }
  }

  async function leavesHere(stream: string): Promise<LeafSums> {
    const sums = new Map<number, RowHash>();
    for await (const row of told(stream)) {
      const leaf = leafOf(sha256, row);
      sums.set(leaf, addHashes(sums.get(leaf) ?? 0n, row.hash));
    }
    return sums;
  }

  /** @returns undefined where head office will not answer */
  async function ask({ stream, cursor }: Span, question: RepairRequest["question"]): Promise<RepairReply | undefined> {
    const { replica, incarnation, serverEpoch } = self();
    const body = { replica, incarnation, serverEpoch, stream, cursor, question };
    const reply = await inSession(({ token }) => line().post(syncPath.repair, body, repairReply, { token, timeoutMs: answerMs }));
    return reply.ok ? reply.value : undefined;
  }

  /** The rows of these leaves, as far as one question may name; and the leaves that this is all of. */
  async function namesIn(stream: string, leaves: readonly number[]) {
    const byLeaf = new Map<number, { e: string; id: string; h: string }[]>(leaves.map((leaf) => [leaf, []]));
    for await (const row of told(stream)) byLeaf.get(leafOf(sha256, row))?.push({ e: row.kind, id: row.id, h: hashText(row.hash) });
    const named = { leaves: [] as number[], rows: [] as { e: string; id: string; h: string }[] };
    for (const [leaf, rows] of byLeaf) {
      if (named.leaves.length > 0 && named.rows.length + rows.length > repairLimits.rows) break;
      named.leaves.push(leaf);
      named.rows.push(...rows);
    }
    return named;
  }

  async function mendSome(span: Span): Promise<Outcome> {
    const { stream } = span;
    const here = await leavesHere(stream);
    const differing = await ask(span, { ask: "buckets", sums: packSums(bucketSums(here)) });
    if (!differing) return "unanswered";
    // What it adds up to now is said at the end of the next page.
    if (differing.found === "moved") return "read on";
    const buckets = differing.found === "buckets" ? differing.buckets : [];
    const leaves = buckets.flatMap(({ bucket, sums }) => {
      const [first, theirs] = [bucket * leavesInBucket, unpackSums(sums)];
      const ours = theirs.map((_, i) => here.get(first + i) ?? 0n);
      return placesThatDiffer(ours, theirs).map((place) => first + place);
    });
    if (leaves.length === 0) return "differs";
    const named = await namesIn(stream, leaves.slice(0, repairLimits.leaves));
    const answer = await ask(span, { ask: "leaves", ...named });
    if (!answer) return "unanswered";
    if (answer.found !== "rows" || answer.rows.length + answer.gone.length === 0) return "differs";
    store.hear((tx) => {
      takeAnswer(tx, span, answer);
      tx.noteMended(answer.rows.length + answer.gone.length);
    });
    return isSame(sumOf(stream), span.theirs) ? "mended" : "differs";
  }

  function takeAnswer(tx: ExchangeWriting, { stream, asOfMs }: Span, { rows, gone }: Extract<RepairReply, { found: "rows" }>): void {
    const note = (kind: string, was: "otherwise" | "missing" | "surplus"): void =>
      log.warn({ code: "ROW_MENDED", kind, was }, "a row differed from head office's and was mended");
    for (const row of rows) {
      const isHere = tx.toldIn({ kind: row.e, id: row.id }).includes(stream);
      takeIn(tx, { log, stream, asOfMs }, row);
      note(row.e, isHere ? "otherwise" : "missing");
    }
    for (const row of gone) {
      takeBack(tx, stream, row);
      note(row.e, "surplus");
    }
  }

  async function mendStream(span: Span): Promise<Outcome> {
    const { stream, theirs } = span;
    const ours = sumOf(stream);
    if (isSame(ours, theirs)) return "mended";
    const both = JSON.stringify([ours, theirs]);
    if (hopeless.get(stream) === both) return "differs";
    log.warn(
      { code: "COPY_DIFFERS", stream: stream.split("/")[0] ?? "", ours: ours.count, theirs: theirs.count },
      "rows differ from head office's",
    );
    if (ours.count < theirs.count / 2) {
      // Most of it is missing: page by page it comes faster than leaf by leaf. Once: what that does not bring, nothing will.
      hopeless.set(stream, both);
      store.exchange((tx) => tx.readAgain(stream));
      return "read on";
    }
    for (let round = 0; round < roundsMax; round += 1) {
      const before = sumOf(stream);
      const outcome = await mendSome(span);
      if (outcome !== "differs") return outcome;
      if (isSame(before, sumOf(stream))) {
        // Only now: a line that broke in the middle leaves all of it to the next exchange.
        hopeless.set(stream, both);
        return "differs";
      }
    }
    return "differs";
  }

  /** @returns whether there is something to be read before all streams can be as they are at head office */
  return async (pages: readonly FeedPage[], asOfMs: number): Promise<boolean> => {
    let mustReadOn = false;
    for (const { cursor } of pages) {
      if (!cursor.rows) continue;
      const outcome = await mendStream({ stream: cursor.s, cursor: cursor.g, theirs: cursor.rows, asOfMs });
      mustReadOn ||= outcome === "read on";
    }
    return mustReadOn;
  };
}
