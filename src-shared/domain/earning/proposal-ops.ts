import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { ProposalRecord } from "./proposal.ts";

const points = z.int().positive();
const ofProposal = { proposalId: z.uuid(), memberId: z.uuid() };
const entity = (d: { readonly proposalId: string }) => ({ kind: "proposal", id: d.proposalId });
const memberId = (d: { readonly memberId: string }): string => d.memberId;
const personal = z.strictObject({ salt: z.string(), reason: z.string() });

const decision = {
  ...ofProposal,
  decision: z.enum(["approve", "reject"]),
  /** The lot that an approval issues into head office's pool; null on rejection. */
  lot: z
    .strictObject({ points, ruleId: z.string(), ruleVersion: points, earnedOn: z.iso.date(), expiresOn: z.iso.date().nullable() })
    .nullable(),
};
type Decision = z.infer<z.ZodObject<typeof decision>>;
const hasLotOnApproval = (d: Pick<Decision, "decision" | "lot">): boolean => (d.decision === "approve") === (d.lot !== null);

/** Whoever decides: an approval issues the points into the pool, from where they are placed. */
function decided(d: Decision, reason: string | undefined): readonly Effect[] {
  const closed: Effect = {
    kind: "putRecord",
    record: "proposal",
    id: d.proposalId,
    fields: { state: d.decision === "approve" ? "approved" : "rejected", reason: reason ?? null },
  };
  if (!d.lot) return [closed];
  return [
    closed,
    { kind: "openLot", lot: { ...d.lot, lotId: d.proposalId, memberId: d.memberId, causeOpId: d.proposalId } },
    { kind: "move", lotId: d.proposalId, memberId: d.memberId, from: "ISSUED", to: "POOL", points: d.lot.points },
  ];
}

/** Head office decides what it holds. */
export const proposalDecide = declareOperation({
  type: "proposal.decide",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject(decision).refine(hasLotOnApproval, { path: ["lot"] }),
  personal,
  entity,
  memberId,
  effects: ({ personal: said, body: { d } }) => decided(d, said?.reason),
});

const decideHereData = z.strictObject({
  ...decision,
  /** What was proposed: a rejection takes it out of the figures of this station too. */
  points,
});

/** A second person of the branch decides what the station holds, with or without a line. */
export const proposalDecideHere = declareOperation({
  type: "proposal.decide_here",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: decideHereData.refine(hasLotOnApproval, { path: ["lot"] }),
  personal,
  entity,
  memberId,
  effects: ({ personal: said, body: { d } }) => decided(d, said?.reason),
});

/** The station gives a decision to head office: a holder passes on what it holds, and nobody takes it away. */
export const proposalHandOver = declareOperation({
  type: "proposal.hand_over",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject(ofProposal),
  entity,
  memberId,
  effects: ({ body: { d } }) => [
    { kind: "putRecord", record: "proposal", id: d.proposalId, fields: { holder: "headOffice", heldBy: null } },
  ],
});

/** Head office fenced the life that held the decision, and holds it from now on. */
export const proposalTakeOver = declareOperation({
  type: "proposal.take_over",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject(ofProposal),
  entity,
  memberId,
  effects: ({ body: { d } }) => [
    { kind: "putRecord", record: "proposal", id: d.proposalId, fields: { holder: "headOffice", heldBy: null } },
  ],
});

/** The lot that an approval issues: as it was proposed. */
export const lotOfProposal = ({
  points: proposed,
  ruleId,
  ruleVersion,
  earnedOn,
  expiresOn,
}: ProposalRecord): NonNullable<Decision["lot"]> => ({
  points: proposed,
  ruleId,
  ruleVersion,
  earnedOn,
  expiresOn,
});
