import { declareOperation } from "#shared/domain/operations/declare.ts";
import { tierRecord } from "./tier-record.ts";
import { tierScheme } from "./tier-scheme.ts";
import { z } from "zod";

/** A version of the company's tiers. Evaluations name the version they were made under, so none is ever changed. */
export const tierPublish = declareOperation({
  type: "tier.publish",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: tierScheme,
  entity: (d) => ({ kind: "tierScheme", id: String(d.version) }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "tierScheme", id: String(d.version), fields: { ...d } }],
});

/** Where a member stands after a month, with what was measured and the evaluations before. No station writes this. */
export const tierEvaluate = declareOperation({
  type: "tier.evaluate",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: tierRecord.extend({ memberId: z.uuid() }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "tier", id: d.memberId, fields: d }],
});
