import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";

export const cardIssue = declareOperation({
  type: "card.issue",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({ cardNumber: z.string(), cardKind: z.string(), memberId: z.uuid() }),
  entity: (d) => ({ kind: "card", id: d.cardNumber }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [{ kind: "bindCard", cardNumber: d.cardNumber, cardKind: d.cardKind, memberId: d.memberId }],
});

export const cardBlock = declareOperation({
  type: "card.block",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({ cardNumber: z.string(), memberId: z.uuid(), reason: z.enum(["lost", "stolen", "damaged", "misused"]) }),
  entity: (d) => ({ kind: "card", id: d.cardNumber }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [{ kind: "blockCard", cardNumber: d.cardNumber, reason: d.reason }],
});
