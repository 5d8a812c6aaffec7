import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { poolMemberRecord, poolRecord } from "./pool.ts";

const points = z.int().positive();
const ofPool = (d: { readonly poolId: string }) => ({ kind: "pool", id: d.poolId });
const putPool = (pool: z.infer<typeof poolRecord>): Effect => ({ kind: "putRecord", record: "pool", id: pool.poolId, fields: { ...pool } });
const putMember = (member: z.infer<typeof poolMemberRecord>): Effect => ({
  kind: "putRecord",
  record: "poolMember",
  id: member.memberId,
  fields: { ...member },
});

/** A household or a company may save up together from now on. */
export const poolMake = declareOperation({
  type: "pool.make",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: poolRecord.extend({ poolId: z.uuid() }),
  entity: ofPool,
  memberId: () => null,
  effects: ({ body: { d } }) => [putPool(d)],
});

/** A member's next purchases give a share to a pool, and the member may spend what lies in it. */
export const poolJoin = declareOperation({
  type: "pool.join",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ pool: poolRecord, member: poolMemberRecord }),
  entity: (d) => ofPool(d.pool),
  memberId: (d) => d.member.memberId,
  effects: ({ body: { d } }) => [putPool(d.pool), putMember(d.member)],
});

/** A member leaves; what is theirs of the pool follows, as it comes to lie at head office. */
export const poolLeave = declareOperation({
  type: "pool.leave",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ pool: poolRecord, member: poolMemberRecord }),
  entity: (d) => ofPool(d.pool),
  memberId: (d) => d.member.memberId,
  effects: ({ body: { d } }) => [putPool(d.pool), putMember(d.member)],
});

const newLot = z.strictObject({
  lotId: z.uuid(),
  ruleId: z.string(),
  ruleVersion: points,
  earnedOn: z.iso.date(),
  expiresOn: z.iso.date().nullable(),
  causeOpId: z.uuid(),
});
const transfer = { poolId: z.uuid(), memberId: z.uuid() };

/** A purchase of a member gives its share: points of the award's lot become a lot of the pool that lasts as long and remembers the member. */
export const poolContribute = declareOperation({
  type: "pool.contribute",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({ ...transfer, lotId: z.uuid(), points, newLot }),
  entity: ofPool,
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => {
    const { lotId, ...lot } = d.newLot;
    return [
      { kind: "move", lotId: d.lotId, memberId: d.memberId, from: "POOL", to: "MOVED", points: d.points },
      { kind: "openLot", lot: { lotId, memberId: d.poolId, contributor: d.memberId, points: d.points, ...lot } },
      { kind: "move", lotId, memberId: d.poolId, from: "ISSUED", to: "POOL", points: d.points },
    ];
  },
});

/** Somebody who left takes what remains of the own contributions, as far as it lies at head office. */
export const poolHandOut = declareOperation({
  type: "pool.hand_out",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({ ...transfer, lines: z.array(z.strictObject({ lotId: z.uuid(), points, newLot })).min(1) }),
  entity: ofPool,
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) =>
    d.lines.flatMap(({ lotId: from, points: taken, newLot: { lotId, ...lot } }): Effect[] => [
      { kind: "move", lotId: from, memberId: d.poolId, from: "POOL", to: "MOVED", points: taken },
      { kind: "openLot", lot: { lotId, memberId: d.memberId, points: taken, ...lot } },
      { kind: "move", lotId, memberId: d.memberId, from: "ISSUED", to: "POOL", points: taken },
    ]),
});

/** A purchase is undone, or its goods came back: what it had given to the pool goes first. */
export const poolReverse = declareOperation({
  type: "pool.reverse",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({ ...transfer, awardOpId: z.uuid(), lines: z.array(z.strictObject({ lotId: z.uuid(), points })).min(1) }),
  entity: ofPool,
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) =>
    d.lines.map(({ lotId, points: taken }) => ({ kind: "move", lotId, memberId: d.poolId, from: "POOL", to: "REVERSED", points: taken })),
});
