import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { rightOf } from "./lots.ts";
import { movesOf } from "./moves.ts";

const points = z.int().positive();

/** Head office hands the right to spend to one incarnation. `gno` is dense per incarnation, so that a lost grant is seen as a gap. */
export const rightsGrant = declareOperation({
  type: "rights.grant",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    replica: z.int().positive(),
    incarnation: z.string(),
    gno: points,
    memberId: z.uuid(),
    lines: z.array(z.strictObject({ lotId: z.uuid(), points, earnedOn: z.iso.date(), expiresOn: z.iso.date().nullable() })).min(1),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => movesOf(d, "POOL", rightOf(d.incarnation)),
});

/** A station gives rights back: only it can, because only it knows what is left of them. */
export const rightsRelease = declareOperation({
  type: "rights.release",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({ memberId: z.uuid(), why: z.enum(["lapsed"]), lines: z.array(z.strictObject({ lotId: z.uuid(), points })).min(1) }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ incarnation, body: { d } }) => movesOf(d, rightOf(incarnation), "POOL"),
});
