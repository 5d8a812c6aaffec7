import type { JournalLine } from "#shared/contracts/points.ts";
import { decideVoid } from "#shared/domain/ledger/decide-void.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { may } from "#shared/domain/staff/roles.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import { isProposal, signedPoints } from "./movement.ts";
import { voidFacts } from "./void-movement.ts";

const linesMax = 200;

const kinds: Readonly<Record<string, JournalLine["kind"]>> = {
  "points.award": "award",
  "points.redeem": "redeem",
  "points.void_award": "void",
  "points.void_redeem": "void",
  "member.create": "memberCreated",
  "card.issue": "cardIssued",
  "card.block": "cardBlocked",
};
const states = { waiting: "waiting", applied: "confirmed", flagged: "flagged", quarantined: "quarantined" } as const;

/** What this station did today, newest first, and which of it the signed-in person may still undo. */
export const makeJournal =
  ({ store, clock }: Ports) =>
  (by: Operator): JournalLine[] =>
    store.read((view) =>
      view.operations.list({ businessDate: clock.businessDate(), types: Object.keys(kinds), limit: linesMax }).map((op) => {
        const d = op.body.d as { readonly memberId: string };
        const member = view.members.find(d.memberId);
        const line = member ? undefined : view.directory.find(d.memberId);
        const movesPoints = op.type.startsWith("points.");
        return {
          opId: op.opId,
          atMs: op.body.at,
          kind: isProposal(op) ? "proposal" : (kinds[op.type] ?? "award"),
          memberId: d.memberId,
          memberNumber: member?.memberNumber ?? line?.memberNumber ?? null,
          name: member?.name ?? line?.nameMasked ?? null,
          points: movesPoints ? signedPoints(op) : null,
          ...detailOf(view, op),
          operator: view.staff.find(op.body.by)?.displayName ?? op.body.by,
          state: states[op.state],
          stateCode: op.stateCode,
          isVoided: view.operations.undoOf(op.opId) !== undefined,
          canVoid: movesPoints && may(by, "points.void") && decideVoid(voidFacts(view, clock, op, by)).ok,
        };
      }),
    );

type Detail = Pick<JournalLine, "detail" | "planName">;

/** What a line was about; a void says it of what it undid. */
function detailOf(view: Reading, op: LoggedOperation): Detail {
  const d = op.body.d as {
    readonly purchase?: { readonly receiptNumber: string };
    readonly planId?: string;
    readonly reason?: string;
    readonly undoes?: string;
  };
  const undone = d.undoes === undefined ? undefined : view.operations.find(d.undoes);
  if (undone) return detailOf(view, undone);
  if (d.planId !== undefined) return { detail: null, planName: view.plans.find(d.planId)?.name ?? null };
  return { detail: d.purchase?.receiptNumber ?? d.reason ?? null, planName: null };
}
