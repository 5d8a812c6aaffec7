import type { DecideInput, ProposalView } from "#shared/contracts/points.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
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
          };
        }),
    );

type Decided = { proposalId: string; state: "approved" | "rejected" };
type Refusal =
  | { code: "PROPOSAL_NOT_FOUND" }
  | { code: "ALREADY_DECIDED"; state: "approved" | "rejected" }
  | { code: "OWN_PROPOSAL" }
  | { code: "REASON_MISSING" }
  | { code: "OUT_OF_SCOPE" }
  | { code: "REQUEST_ID_REUSED" }
  | { code: "FORBIDDEN"; permission: string }
  | { code: "NEEDS_HEAD_OFFICE" };

/** An act: head office holds the decision, checks the person itself, and nothing is written without the line. */
export const makeDecideProposal =
  ({ headOffice }: Ports) =>
  async ({ requestId, proposalId, decision, reason }: DecideInput, by: Operator): Promise<Result<Decided, Refusal>> => {
    if (decision === "reject" && !reason) return err({ code: "REASON_MISSING" });
    const answer = await headOffice.act({
      actId: requestId,
      type: "proposal.decide",
      by: by.staffId,
      body: { proposalId, decision, reason },
    });
    if (answer.ok) return ok({ proposalId, state: answer.value.state });
    const { code, data } = answer.error;
    switch (code) {
      case "ALREADY_DECIDED":
        return err({ code, state: data["state"] === "rejected" ? "rejected" : "approved" });
      case "FORBIDDEN":
        return err({ code, permission: "proposal.decide" });
      case "PROPOSAL_NOT_FOUND":
      case "OWN_PROPOSAL":
      case "REASON_MISSING":
      case "OUT_OF_SCOPE":
      case "REQUEST_ID_REUSED":
        return err({ code });
      default:
        return err({ code: "NEEDS_HEAD_OFFICE" });
    }
  };
