import type { listPoolsAct, PoolView } from "#shared/contracts/acts/pools.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { memberRecord } from "#shared/domain/members/member.ts";
import { poolFigures, poolMemberRecord, poolRecord } from "#shared/domain/pools/pool.ts";
import { ok } from "#shared/std/result.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { ActHandler } from "./act-handler.ts";

/** By name. */
export const listPools: ActHandler<typeof listPoolsAct> = async ({ tx }) => {
  const pools = (await tx.records.ofKind("pool")).map(({ doc }) => poolRecord.parse(doc));
  const rows = (await tx.records.ofKind("poolMember")).map(({ doc }) => poolMemberRecord.parse(doc));
  const figures = new Map((await tx.records.ofKind("poolFigures")).map(({ id, doc }) => [id, poolFigures.parse(doc)]));
  const branches = new Map((await tx.records.ofKind("branch")).map(({ id, doc }) => [id, branchRecord.parse(doc).name]));
  const found = await tx.records.find(rows.map(({ memberId }): RecordKey => ({ kind: "member", id: memberId })));
  const people = new Map(found.map(({ id, doc }) => [id, memberRecord.parse(doc)]));
  const numberOf = (memberId: string): string => people.get(memberId)?.memberNumber ?? "";
  const views = pools.map(({ poolId, name, kind }): PoolView => {
    const { balance = 0, owed = [] } = figures.get(poolId) ?? {};
    return {
      poolId,
      name,
      kind,
      balance,
      members: rows
        .filter((row) => row.poolId === poolId)
        .map(({ memberId, sharePercent }) => ({
          memberId,
          memberNumber: numberOf(memberId),
          name: people.get(memberId)?.name ?? "",
          sharePercent,
        })),
      owed: owed.map(({ memberId, branchId, points }) => ({
        memberNumber: numberOf(memberId),
        branch: branches.get(branchId) ?? branchId,
        points,
      })),
    };
  });
  return ok({ pools: views.toSorted((a, b) => a.name.localeCompare(b.name)) });
};
