import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { whatIsThere } from "#shared/std/json.ts";
import { memberFacts } from "./member.ts";
import { reviewDecision } from "./review.ts";

const data = z.strictObject({
  reviewId: z.uuid(),
  memberId: z.uuid(),
  /** The round that the reviewer had before them. */
  round: z.int().positive(),
  decision: reviewDecision,
});

/** A second person chooses between what is known of a member and what an edit says; the first decision of a round counts. */
export const reviewDecide = declareOperation({
  type: "review.decide",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data,
  /** What was accepted, as the reviewer read it. */
  personal: z.strictObject({ salt: z.string(), reason: z.string().nullable(), accepted: memberFacts }),
  entity: (d) => ({ kind: "review", id: d.reviewId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { by, d }, personal }) => [
    {
      kind: "putRecord",
      record: "review",
      id: d.reviewId,
      fields: { state: d.decision === "accept" ? "accepted" : "kept", decidedBy: by, reason: personal?.reason ?? null },
    },
    ...(personal && d.decision === "accept"
      ? [{ kind: "putRecord", record: "member", id: d.memberId, fields: whatIsThere(personal.accepted) } as const]
      : []),
  ],
});
