import type { JudgedOperation, ReceivedOperation, Wait } from "#server/app/ports/inbox.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import { withoutForgotten } from "#server/app/erasure/forgotten.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { operationTypeOf } from "#shared/domain/operations/effects-of.ts";
import { ownerOf } from "./feed-moves.ts";
import { readOperation } from "./read-operation.ts";
import type { receiveOperations } from "./receive.ts";

/**
 * Keeps operations as they came, without applying them: received, acknowledged, and without effect until somebody decides. What
 * their headers name is sent back to the station as it stands here.
 */
export const storeUnapplied: typeof receiveOperations = async (tx, machine, _identity, station, operations) => {
  const firstHeard = new Set((await tx.inbox.find(operations.map(({ opId }) => opId))).map(({ opId }) => opId));
  await tx.inbox.addWaits(operations[0]?.incarnation ?? "", operations.flatMap(waitOf));

  const stream = streams.profile(station.branchId);
  const keys = [...new Map(operations.flatMap(rowsOf).map((key) => [`${key.kind}/${key.id}`, key])).values()];
  const records = await tx.records.find(keys);
  const heardOf = await tx.feed.carried(
    stream,
    "member",
    records.flatMap((record) => ownerOf(record) ?? []),
  );
  const found = new Map(records.map((record) => [`${record.kind}/${record.id}`, record]));
  const moves = keys.map(({ kind, id }) => {
    const record = found.get(`${kind}/${id}`);
    // Nobody would tell the branch what becomes of a row of somebody it does not serve.
    return { stream, kind, id, ver: record?.ver ?? 0, deleted: !heardOf.has(ownerOf(record) ?? "") };
  });
  const numbers = await tx.feed.advance(moves, machine.clock.nowMs());
  const places = new Map(moves.map(({ kind, id }, i) => [`${kind}/${id}`, numbers[i]]));

  const kept = (await withoutForgotten(tx, operations.map(readOperation))).map(({ received }) => received);
  const judged = kept.map((op): JudgedOperation => {
    const place = places.get(`balance/${op.entity?.id}`);
    return {
      ...op,
      verdict: "quarantined",
      code: firstHeard.has(op.opId) ? "OP_ID_REUSED" : "APPLY_FAILED",
      settle: place === undefined ? [] : [{ s: stream, g: place }],
    };
  });
  await tx.inbox.insert(judged);
  return judged;
};

function waitOf(op: ReceivedOperation): readonly Wait[] {
  const isMoneyLike = operationTypeOf(op)?.isMoneyLike ?? true;
  return isMoneyLike && op.entity ? [{ subject: `${op.entity.kind}:${op.entity.id}`, opId: op.opId }] : [];
}

function rowsOf({ entity }: ReceivedOperation): readonly RecordKey[] {
  if (entity?.kind === "card") return [{ kind: "card", id: entity.id }];
  if (entity?.kind !== "member") return [];
  return [
    { kind: "member", id: entity.id },
    { kind: "balance", id: entity.id },
  ];
}
