import type { SyncRefusal } from "#server/app/head-office.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { bucketSums, leavesOf, placesThatDiffer } from "#shared/contracts/sync/leaf-sums.ts";
import { hashText, packSums, unpackSums } from "#shared/contracts/sync/wire-sums.ts";
import { repairLimits, type RepairReply, type RepairRequest } from "#shared/contracts/sync/wire.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";
import { streamsOf } from "./streams-of.ts";

/**
 * Tells a station whose copy of a stream adds up to something else where that is, in two questions: which leaves, and which rows of them. Only
 * reads: what a station does with the answer is no business of the books.
 */
export const makeRepair =
  (ports: Ports) =>
  async (token: string, request: RepairRequest): Promise<Result<RepairReply, SyncRefusal>> =>
    ports.store.read(async (tx): Promise<Result<RepairReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      const { epoch } = await tx.recovery.state();
      if (request.serverEpoch !== epoch) return refuse(409, "EPOCH_CHANGED", { serverEpoch: epoch });
      // What is not its own is not there for it.
      if (!streamsOf(speaker.value.station).includes(request.stream)) return refuse(404, "STREAM_UNKNOWN");
      return ok(await answer(tx, request));
    });

async function answer(tx: Transaction, { stream, cursor, question }: RepairRequest): Promise<RepairReply> {
  if (question.ask === "leaves") return compareRows(tx, { stream, cursor }, question);
  const head = (await tx.feed.heads([stream])).get(stream)?.gseq ?? 0;
  // Sums of different moments say nothing.
  if (head !== cursor) return { found: "moved" };
  const leaves = await tx.feed.leafSums(stream);
  const differing = placesThatDiffer(bucketSums(leaves), unpackSums(question.sums)).slice(0, repairLimits.buckets);
  return { found: "buckets", buckets: differing.map((bucket) => ({ bucket, sums: packSums(leavesOf(leaves, bucket)) })) };
}

type Place = Pick<RepairRequest, "stream" | "cursor">;
type Leaves = Extract<RepairRequest["question"], { ask: "leaves" }>;

async function compareRows(tx: Transaction, { stream, cursor }: Place, { leaves, rows }: Leaves): Promise<RepairReply> {
  const here = await tx.feed.rowsIn(stream, leaves);
  const told = new Map(rows.map(({ e, id, h }) => [`${e}/${id}`, h]));
  // What has moved since comes by the feed, in its turn.
  const other = here.filter(({ kind, id, gseq, hash }) => gseq <= cursor && told.get(`${kind}/${id}`) !== hashText(hash));
  const known = new Set(here.map(({ kind, id }) => `${kind}/${id}`));
  return {
    found: "rows",
    rows: other.slice(0, repairLimits.rows).map(({ kind, id, ver, doc }) => ({ e: kind, id, ver, d: doc })),
    gone: rows.flatMap(({ e, id }) => (known.has(`${e}/${id}`) ? [] : [{ e, id }])),
  };
}
