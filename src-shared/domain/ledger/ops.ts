import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { rightOf, sumPoints } from "./lots.ts";
import { movesOf } from "./moves.ts";
import type { RecallRecord } from "./recall.ts";

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

const putRecall = (recallId: string, fields: Partial<RecallRecord>): Effect => ({
  kind: "putRecord",
  record: "recall",
  id: recallId,
  fields: fields satisfies JsonObject,
});

/** Head office asks a station for rights that another place wants. Nothing moves until the station has answered with a release. */
export const rightsRecall = declareOperation({
  type: "rights.recall",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({
    memberId: z.uuid(),
    replica: points,
    branchId: z.string(),
    wantedBy: z.strictObject({ replica: points, incarnation: z.string() }),
    points,
  }),
  entity: (_, opId) => ({ kind: "recall", id: opId }),
  memberId: (d) => d.memberId,
  effects: ({ opId, body: { at, d } }) => [putRecall(opId, { recallId: opId, ...d, atMs: at, state: "open", released: 0 })],
});

/**
 * A station gives rights back: only it can, because only it knows what is left of them. Because they have lapsed, because another
 * computer goes on in its place, or because head office recalls them; then the answer may be that nothing is left.
 */
export const rightsRelease = declareOperation({
  type: "rights.release",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z
    .strictObject({
      memberId: z.uuid(),
      why: z.enum(["lapsed", "superseded", "recalled"]),
      lines: z.array(z.strictObject({ lotId: z.uuid(), points })),
      /** What it answers, where it was recalled. */
      recallId: z.uuid().exactOptional(),
    })
    .refine((d) => (d.why === "recalled") === (d.recallId !== undefined), { path: ["recallId"] })
    .refine((d) => d.why === "recalled" || d.lines.length > 0, { path: ["lines"] }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ incarnation, body: { d } }) => [
    ...movesOf(d, rightOf(incarnation), "POOL"),
    ...(d.recallId === undefined ? [] : [putRecall(d.recallId, { state: "answered", released: sumPoints(d.lines) })]),
  ],
});
