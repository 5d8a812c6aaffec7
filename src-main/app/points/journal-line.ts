import type { JournalLine } from "#shared/contracts/points.ts";
import { entriesOf } from "#shared/domain/dictionaries/kinds.ts";
import { cardBlock, cardIssue } from "#shared/domain/cards/ops.ts";
import { pointsAward, pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { proposalDecideHere } from "#shared/domain/earning/proposal-ops.ts";
import { decideVoid } from "#shared/domain/ledger/decide-void.ts";
import { isProposal, signedPoints } from "#shared/domain/ledger/movement.ts";
import { memberCreate } from "#shared/domain/members/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { pointsCancel, pointsConfirm, pointsHold, redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { pointsRedeem, pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";
import { may, type Operator } from "#shared/domain/staff/roles.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import { voidFacts } from "./void-movement.ts";

const kinds: ReadonlyMap<string, JournalLine["kind"]> = new Map([
  [pointsAward.type, "award"],
  [proposalDecideHere.type, "approved"],
  [pointsRedeem.type, "redeem"],
  [pointsHold.type, "held"],
  [pointsConfirm.type, "redeem"],
  [pointsCancel.type, "holdCancelled"],
  [pointsVoidAward.type, "void"],
  [pointsVoidRedeem.type, "void"],
  [memberCreate.type, "memberCreated"],
  [cardIssue.type, "cardIssued"],
  [cardBlock.type, "cardBlocked"],
]);

/** What people call an entry. */
export function kindOf(op: LoggedOperation): JournalLine["kind"] {
  const decision = dataOf(op, proposalDecideHere);
  if (decision) return decision.lot ? "approved" : "rejected";
  return isProposal(op) ? "proposal" : (kinds.get(op.type) ?? "award");
}
const states = {
  waiting: "waiting",
  applied: "confirmed",
  flagged: "flagged",
  parked: "parked",
  quarantined: "quarantined",
  refused: "refused",
} as const;

/** Types of operations that people at the counter know as entries. */
export const journalTypes: readonly string[] = [...kinds.keys()];

/** An entry in people's words, and whether this person may still undo it. */
export function viewLine(view: Reading, clock: Clock, by: Operator, op: LoggedOperation): JournalLine {
  const { memberId } = op;
  const member = memberId === null ? undefined : view.members.find(memberId);
  const line = memberId === null || member ? undefined : view.directory.find(memberId);
  const points = signedPoints(op);
  const undoing = points !== null && may(by, "points.void") ? decideVoid(voidFacts(view, clock, op, by)) : undefined;
  const nameOf = (staffId: string): string => view.staff.find(staffId)?.displayName ?? staffId;
  return {
    opId: op.opId,
    atMs: op.body.at,
    kind: kindOf(op),
    memberId,
    memberNumber: member?.memberNumber ?? line?.memberNumber ?? null,
    name: member?.name ?? line?.nameMasked ?? null,
    points,
    ...detailOf(view, op),
    operator: nameOf(op.body.by),
    second: op.body.second === undefined ? null : nameOf(op.body.second),
    state: states[op.state],
    stateCode: op.stateCode,
    isVoided: view.operations.undoOf(op.opId) !== undefined,
    canVoid: undoing?.ok === true,
    needsSupervisor: undoing?.ok === false && undoing.error.code === "NOT_THE_AUTHOR",
  };
}

/** The name that the plan had when it was redeemed. */
export const nameOfPlan = (view: Reading, { planId, planVersion }: { readonly planId: string; readonly planVersion: number }) =>
  view.plans.all().find((plan) => plan.planId === planId && plan.version === planVersion)?.name ?? null;

const nameOfReason = (view: Reading, reason: string) =>
  entriesOf("cardBlockReason", view.dictionaries.all()).find(({ code }) => code === reason)?.name ?? null;

type Detail = Pick<JournalLine, "detail" | "planName" | "reasonName">;

/** What a line was about; a void says it of what it undid. */
function detailOf(view: Reading, op: LoggedOperation): Detail {
  const undoes = (dataOf(op, pointsVoidAward) ?? dataOf(op, pointsVoidRedeem))?.undoes ?? dataOf(op, pointsCancel)?.holdId;
  const undone = undoes === undefined ? undefined : view.operations.find(undoes);
  if (undone) return detailOf(view, undone);
  const redeemed = redemptionOf(op) ?? dataOf(op, pointsHold);
  if (redeemed) return { detail: null, planName: nameOfPlan(view, redeemed), reasonName: null };
  const blocked = dataOf(op, cardBlock);
  const detail = dataOf(op, pointsAward)?.purchase.receiptNumber ?? blocked?.reason ?? null;
  return { detail, planName: null, reasonName: blocked ? nameOfReason(view, blocked.reason) : null };
}
