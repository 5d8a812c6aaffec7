import type { InputOf } from "#shared/contracts/acts/act-type.ts";
import { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import type { ProposalView } from "#shared/contracts/points.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { lotOfProposal, proposalDecideHere, proposalHandOver } from "#shared/domain/earning/proposal-ops.ts";
import type { ProposalRecord } from "#shared/domain/earning/proposal.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { makeActAtHeadOffice, type ActRefusal } from "#main/app/acts/act-at-head-office.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";

const shownMax = 200;

/** Proposals of this branch's working set: open ones first, then the newest. */
export const makeListProposals =
  ({ store }: Ports) =>
  (): ProposalView[] =>
    store.read((view) =>
      view.proposals
        .all()
        .toSorted((a, b) => Number(b.state === "open") - Number(a.state === "open") || b.proposedAtMs - a.proposedAtMs)
        .slice(0, shownMax)
        .map((proposal) => {
          const { proposalId, memberId, points, receiptNumber, amountFen, proposedAtMs, state, reason } = proposal;
          const member = view.members.find(memberId);
          const line = member ? undefined : view.directory.find(memberId);
          return {
            proposalId,
            memberId,
            memberNumber: member?.memberNumber ?? line?.memberNumber ?? "",
            name: member?.name ?? line?.nameMasked ?? "",
            points,
            cause: { receiptNumber, amountFen },
            proposedBy: view.staff.find(proposal.proposedBy)?.displayName ?? null,
            proposedAtMs,
            branch: homeBranchOf(view, proposal),
            state,
            holder: holderSeenFrom(view, proposal),
            reason,
            isDifference: proposal.differenceOf !== undefined,
          };
        }),
    );

function homeBranchOf(view: Reading, { memberId }: ProposalRecord): string {
  return branchName(view, view.members.find(memberId)?.homeBranch ?? view.directory.find(memberId)?.homeBranch ?? "");
}

function holderSeenFrom(view: Reading, { holder, heldBy }: ProposalRecord): ProposalView["holder"] {
  if (holder === "headOffice") return "headOffice";
  return heldBy === view.identity()?.incarnation ? "here" : "station";
}

type DecideInput = InputOf<typeof decideProposalAct>;
type DecideRefusal = ActRefusal<typeof decideProposalAct>;
type Decided = { readonly proposalId: string; readonly state: "approved" | "rejected" };

/** Decides what this station holds, with or without a line; asks head office for what it holds, which is an act. */
export function makeDecideProposal(ports: Ports) {
  const { store, clock } = ports;
  const ask = makeActAtHeadOffice(ports, decideProposalAct);
  return async (input: DecideInput, by: Operator): Promise<Result<Decided, DecideRefusal>> => {
    // That a rejection lacks its reason, the station says without asking.
    if (input.decision === "reject" && !input.reason) return err({ code: "REASON_MISSING" });
    return store.read((view) => isDecidedHere(view, input)) ? decideHere({ store, clock }, input, by) : ask(input, by);
  };
}

/** What this station holds, or has decided under this very request before. */
function isDecidedHere(view: Reading, { requestId, proposalId }: DecideInput): boolean {
  const proposal = view.proposals.find(proposalId);
  return view.operations.find(requestId) !== undefined || (proposal !== undefined && holderSeenFrom(view, proposal) === "here");
}

function decideHere({ store, clock }: Pick<Ports, "store" | "clock">, input: DecideInput, by: Operator): Result<Decided, DecideRefusal> {
  return store.write((tx): Result<Decided, DecideRefusal> => {
    const { requestId, proposalId, decision, reason } = input;
    const decided: Decided = { proposalId, state: decision === "approve" ? "approved" : "rejected" };
    const earlier = tx.operations.find(requestId);
    if (earlier)
      return isSameIntent(earlier, proposalDecideHere, { proposalId, decision }) ? ok(decided) : err({ code: "REQUEST_ID_REUSED" });
    const proposal = tx.proposals.find(proposalId);
    if (!proposal) return err({ code: "PROPOSAL_NOT_FOUND" });
    if (proposal.state !== "open") return err({ code: "ALREADY_DECIDED", state: proposal.state });
    if (proposal.proposedBy === by.staffId) return err({ code: "OWN_PROPOSAL" });
    // Approved points are dated, and a clock in doubt does not know the date.
    if (decision === "approve" && clock.reading().doubt) return err({ code: "CLOCK_IN_DOUBT" });
    const { memberId, points } = proposal;
    tx.append({
      opId: requestId,
      type: proposalDecideHere,
      by: by.staffId,
      d: { proposalId, memberId, decision, points, lot: decision === "approve" ? lotOfProposal(proposal) : null },
      ...(reason !== null && { personal: { reason } }),
    });
    return ok(decided);
  });
}

type HandOverRefusal =
  | { code: "PROPOSAL_NOT_FOUND" }
  | { code: "HELD_BY_HEAD_OFFICE" }
  | { code: "HELD_BY_STATION"; branch: string | null }
  | { code: "ALREADY_DECIDED"; state: "approved" | "rejected" }
  | { code: "REQUEST_ID_REUSED" };

/** Passes a decision that this station holds on to head office; until head office has heard of it, nobody decides. */
export const makeHandOverProposal =
  ({ store }: Ports) =>
  ({ requestId, proposalId }: { requestId: string; proposalId: string }, by: Operator): Result<{ proposalId: string }, HandOverRefusal> =>
    store.write((tx): Result<{ proposalId: string }, HandOverRefusal> => {
      const earlier = tx.operations.find(requestId);
      if (earlier) return isSameIntent(earlier, proposalHandOver, { proposalId }) ? ok({ proposalId }) : err({ code: "REQUEST_ID_REUSED" });
      const proposal = tx.proposals.find(proposalId);
      if (!proposal) return err({ code: "PROPOSAL_NOT_FOUND" });
      if (proposal.state !== "open") return err({ code: "ALREADY_DECIDED", state: proposal.state });
      const holder = holderSeenFrom(tx, proposal);
      if (holder === "headOffice") return err({ code: "HELD_BY_HEAD_OFFICE" });
      // Which station it is, head office knows.
      if (holder === "station") return err({ code: "HELD_BY_STATION", branch: null });
      tx.append({ opId: requestId, type: proposalHandOver, by: by.staffId, d: { proposalId, memberId: proposal.memberId } });
      return ok({ proposalId });
    });
