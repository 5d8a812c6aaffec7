import { finishWork } from "#server/app/operations/finish-work.ts";
import { settleWithLeavers } from "#server/app/operations/follow-ups.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import { findPool, poolMemberOf, recallAllOf } from "#server/app/operations/pools.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { joinPoolAct, leavePoolAct, makePoolAct } from "#shared/contracts/acts/pools.ts";
import { isUnspent } from "#shared/domain/ledger/lots.ts";
import { poolJoin, poolLeave, poolMake } from "#shared/domain/pools/ops.ts";
import type { PoolMemberRecord } from "#shared/domain/pools/pool.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

export const makePool: ActHandler<typeof makePoolAct> = async ({ ports, tx, by }, { requestId: poolId, name, kind }) => {
  const work = await openOwnRecords(ports, tx, { kind: "pool", id: poolId });
  await work.own.write(poolMake, { opId: poolId, by: by.staffId, d: { poolId, name, kind, leavers: [] } });
  await finishWork(work);
  return ok({ poolId });
};

export const joinPool: ActHandler<typeof joinPoolAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, poolId, memberNumber, sharePercent } = input;
  const [numbered] = await tx.records.membersNumbered([memberNumber]);
  if (!numbered) return err({ code: "NUMBER_UNKNOWN", number: memberNumber });
  const work = await openWork(tx, machine, identity, { memberIds: [numbered.id, poolId] });
  const { books, own } = work;
  const [memberId = numbered.id] = books.namesOf(numbered.id);
  const pool = findPool(work, poolId);
  if (!pool) return err({ code: "POOL_NOT_FOUND" });
  const before = poolMemberOf(books, memberId);
  if (before?.poolId) return err({ code: "IN_A_POOL", name: findPool(work, before.poolId)?.name ?? "" });
  const member: PoolMemberRecord = {
    memberId,
    poolId,
    sharePercent,
    joinedOn: work.today,
    left: (before?.left ?? []).filter((id) => id !== poolId),
  };
  await own.write(poolJoin, {
    opId: requestId,
    by: by.staffId,
    d: { pool: { ...pool, leavers: pool.leavers.filter((id) => id !== memberId) }, member },
  });
  await finishWork(work);
  return ok({ memberId });
};

export const leavePool: ActHandler<typeof leavePoolAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, poolId, memberId } = input;
  const work = await openWork(tx, machine, identity, { memberIds: [memberId, poolId] });
  const { books, own } = work;
  const pool = findPool(work, poolId);
  if (!pool) return err({ code: "POOL_NOT_FOUND" });
  const before = poolMemberOf(books, memberId);
  if (before?.poolId !== poolId) return err({ code: "NOT_IN_THIS_POOL" });
  // Under the name that the member joined with, which the lots remember; two that were made one since may have contributed under either.
  const leavers = [...new Set([...pool.leavers, ...books.namesOf(memberId)])];
  await own.write(poolLeave, {
    opId: requestId,
    by: by.staffId,
    d: { pool: { ...pool, leavers }, member: { ...before, poolId: null, left: [...before.left, poolId] } },
  });
  const unspent = (): number =>
    books
      .lotsOf(poolId)
      .filter(({ contributor }) => contributor !== undefined && books.isSamePerson(contributor, memberId))
      .flatMap(({ lotId }) => [...books.holdersOf(lotId)])
      .reduce((sum, [holder, points]) => (isUnspent(holder) ? sum + points : sum), 0);
  const all = unspent();
  await settleWithLeavers(work);
  const owed = unspent();
  if (owed > 0) await recallAllOf(work, poolId);
  await finishWork(work);
  return ok({ taken: all - owed, owed });
};
