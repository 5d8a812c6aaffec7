import type { SyncRefusal } from "#server/app/head-office.ts";
import type { FeedRow, StreamHead } from "#server/app/ports/feed-store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { noRows } from "#shared/contracts/sync/row-hash.ts";
import { toWireSum } from "#shared/contracts/sync/wire-sums.ts";
import type { PullFrame, PullRequest } from "#shared/contracts/sync/wire.ts";
import { firstHlc, tickHlc } from "#shared/domain/operations/hlc.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";
import { streamsOf } from "./streams-of.ts";

/** Another process of head office may have published: look at the heads at least this often. */
const lookEveryMs = 1000;
/** Before anything is known of how long the rows are. */
const rowsAtFirst = 500;
const rowsAtOnceMax = 4000;

type Page = { readonly frames: readonly PullFrame[]; readonly hasNews: boolean };

/** Delivers what changed since the cursors, a station's own stream first; with nothing new, waits a while for something to come. */
export const makePull =
  (ports: Ports) =>
  async (token: string, request: PullRequest, aborted: AbortSignal): Promise<Result<readonly PullFrame[], SyncRefusal>> => {
    const { clock } = ports.machine;
    const deadlineMs = clock.nowMs() + request.waitMs;
    for (;;) {
      // Asked for before looking, so that a publication in between is not missed.
      const leftMs = deadlineMs - clock.nowMs();
      const waiting = new AbortController();
      const news = ports.notifier.next(Math.min(lookEveryMs, Math.max(leftMs, 0)), AbortSignal.any([aborted, waiting.signal]));
      const page = await ports.store.read((tx) => readPage(ports, tx, token, request));
      if (!page.ok) {
        waiting.abort();
        return page;
      }
      if (page.value.hasNews || leftMs <= 0 || aborted.aborted) {
        waiting.abort();
        return ok(page.value.frames);
      }
      await news;
    }
  };

async function readPage(ports: Ports, tx: Transaction, token: string, request: PullRequest): Promise<Result<Page, SyncRefusal>> {
  const speaker = await identifySpeaker(tx, ports, token, request);
  if (!speaker.ok) return speaker;
  const { epoch } = await tx.recovery.state();
  if (request.serverEpoch !== epoch) return refuse(409, "EPOCH_CHANGED", { serverEpoch: epoch });
  const names = streamsOf(speaker.value.station).filter((stream) => !request.without?.includes(stream));
  const heads = await tx.feed.heads(names);
  const nowMs = ports.machine.clock.nowMs();
  const frames: PullFrame[] = [{ k: "hdr", serverEpoch: epoch, serverTimeMs: nowMs, serverHlc: tickHlc(firstHlc, nowMs) }];
  let bytesLeft = request.maxBytes;
  let hasNews = false;
  for (const stream of names) {
    const { gseq: head, minG, rows } = heads.get(stream) ?? emptyStream;
    const reached = request.cursors[stream] ?? 0;
    // Deletions that it has not read may have been cleared away, unless it began to read after that.
    const mustReadAgain = reached < minG && (request.floors?.[stream] ?? 0) < minG;
    const from = mustReadAgain ? 0 : reached;
    hasNews ||= head > from;
    const part = await readStream(tx, { stream, from, head, bytesMax: bytesLeft });
    bytesLeft -= part.bytes;
    if (mustReadAgain) frames.push({ k: "reset", s: stream, g: minG });
    // One row is always delivered, however large: a limit must not stop the feed for ever.
    const more = part.cursor < head;
    frames.push(...part.rows, { k: "cur", s: stream, g: part.cursor, more, ...(!more && { rows: toWireSum(rows) }) });
  }
  frames.push({ k: "end" });
  return ok({ frames, hasNews });
}

const emptyStream: StreamHead = { gseq: 0, minG: 0, rows: noRows };

type Span = { readonly stream: string; readonly from: number; readonly head: number; readonly bytesMax: number };

async function readStream(tx: Transaction, { stream, from, head, bytesMax }: Span) {
  const rows: PullFrame[] = [];
  let cursor = from;
  let bytes = 0;
  while (cursor < head && bytes < bytesMax) {
    const rowsAtOnce = rowsThatFit(rows.length, bytes, bytesMax - bytes);
    const next = await tx.feed.rows(stream, cursor, head, rowsAtOnce);
    for (const row of next) {
      if (bytes >= bytesMax) break;
      const frame = toFrame(stream, row);
      bytes += JSON.stringify(frame).length;
      rows.push(frame);
      cursor = row.gseq;
    }
    // Nothing left below the head: rows that stood here have moved forward, and are met again there.
    if (next.length < rowsAtOnce && bytes < bytesMax) cursor = head;
  }
  return { rows, cursor, bytes };
}

/** As many as the space may take when they are as long as those before: each one more is read and unsealed for nothing. */
function rowsThatFit(rowsBefore: number, bytesBefore: number, bytesLeft: number): number {
  if (rowsBefore === 0) return rowsAtFirst;
  return Math.min(Math.ceil((bytesLeft * rowsBefore) / bytesBefore) + 1, rowsAtOnceMax);
}

const toFrame = (stream: string, { kind, id, gseq, ver, deleted, doc }: FeedRow): PullFrame =>
  deleted ? { k: "del", s: stream, g: gseq, e: kind, id, ver } : { k: "row", s: stream, g: gseq, e: kind, id, ver, d: doc };
