import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";

/** Head office makes more of a limited benefit. It lies in the pool at first; shares of it are granted like any right. */
export const benefitIssue = declareOperation({
  type: "benefit.issue",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({ itemId: z.uuid(), points: z.int().positive(), on: z.iso.date() }),
  entity: (d) => ({ kind: "benefit", id: d.itemId }),
  memberId: () => null,
  effects: ({ opId, body: { d } }) => [
    {
      kind: "openLot",
      lot: {
        kind: "benefit",
        lotId: opId,
        memberId: d.itemId,
        points: d.points,
        causeOpId: opId,
        ruleId: "benefit",
        ruleVersion: 1,
        earnedOn: d.on,
        expiresOn: null,
      },
    },
    { kind: "move", lotId: opId, memberId: d.itemId, from: "ISSUED", to: "POOL", points: d.points },
  ],
});
