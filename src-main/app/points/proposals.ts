import type { InputOf } from "#shared/contracts/acts/act-type.ts";
import { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import type { ProposalView } from "#shared/contracts/points.ts";
import { err } from "#shared/std/result.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { makeActAtHeadOffice } from "#main/app/acts/act-at-head-office.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";

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
          const { proposalId, memberId, points, receiptNumber, amountFen, proposedAtMs, holder, state, reason } = proposal;
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
            branch: branchName(view, member?.homeBranch ?? line?.homeBranch ?? ""),
            state,
            holder,
            reason,
            isDifference: proposal.differenceOf !== undefined,
          };
        }),
    );

/** An act: head office holds the decision. That a rejection lacks its reason, the station says without asking. */
export function makeDecideProposal(ports: Ports) {
  const ask = makeActAtHeadOffice(ports, decideProposalAct);
  return async (input: InputOf<typeof decideProposalAct>, by: Operator): ReturnType<typeof ask> =>
    input.decision === "reject" && !input.reason ? err({ code: "REASON_MISSING" }) : ask(input, by);
}
