import { isId } from "#server/app/ids.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { repayFromPool } from "#server/app/operations/follow-ups.ts";
import { contributeApproved } from "#server/app/operations/pools.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import { lotOfProposal, proposalDecide } from "#shared/domain/earning/proposal-ops.ts";
import { causeOf, proposalRecord } from "#shared/domain/earning/proposal.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { roleRights } from "#shared/domain/staff/roles.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { newSalt } from "#server/app/salt.ts";

/** Decides a proposal that head office holds. An approval issues the points into the pool, from where they are placed. */
export const decideProposal: ActHandler<typeof decideProposalAct> = async (
  { ports: { machine, identity }, tx, by },
  { requestId, proposalId, decision, reason },
) => {
  const memberId = isId(proposalId) ? await memberOf(tx, proposalId) : undefined;
  if (memberId === undefined) return err({ code: "PROPOSAL_NOT_FOUND" });
  const work = await openWork(tx, machine, identity, { memberIds: [memberId], records: [{ kind: "proposal", id: proposalId }] });
  const proposal = proposalRecord.parse(work.books.records.find("proposal", proposalId)?.doc);
  const causeId = causeOf(proposal);
  const branchId = (await tx.inbox.authorBranches([causeId])).get(causeId);
  if (roleRights[by.role].scope === "branch" && by.branchId !== branchId) return err({ code: "OUT_OF_SCOPE" });
  if (proposal.proposedBy === by.staffId) return err({ code: "OWN_PROPOSAL" });
  if (decision === "reject" && !reason?.trim()) return err({ code: "REASON_MISSING" });
  if (proposal.state !== "open") return err({ code: "ALREADY_DECIDED", state: proposal.state });
  // A station may be deciding it at this moment without a line.
  if (proposal.holder === "station") return err({ code: "HELD_BY_STATION", branch: await branchNamed(tx, branchId) });

  await work.own.write(proposalDecide, {
    opId: requestId,
    by: by.staffId,
    d: { proposalId, memberId, decision, lot: decision === "approve" ? lotOfProposal(proposal) : null },
    ...(reason !== null && { personal: { salt: newSalt(machine), reason } }),
  });
  await contributeApproved(work, proposalId);
  await repayFromPool(work, memberId);
  await finishWork(work);
  return ok({ proposalId, state: decision === "approve" ? "approved" : "rejected" });
};

async function branchNamed(tx: Transaction, branchId: string | undefined): Promise<string | null> {
  const [record] = branchId === undefined ? [] : await tx.records.find([{ kind: "branch", id: branchId }]);
  return record ? branchRecord.parse(record.doc).name : null;
}

/** Read before the member is held; whose proposal it is never changes. */
async function memberOf(tx: Transaction, proposalId: string): Promise<string | undefined> {
  const [record] = await tx.records.find([{ kind: "proposal", id: proposalId }]);
  return record && proposalRecord.parse(record.doc).memberId;
}
