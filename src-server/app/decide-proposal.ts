import type { SyncRefusal } from "#server/app/head-office.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { repayFromPool } from "#server/app/operations/follow-ups.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { ActReply } from "#shared/contracts/sync/wire.ts";
import { proposalDecide } from "#shared/domain/earning/ops.ts";
import { proposalRecord, type ProposalRecord } from "#shared/domain/earning/proposal.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { may, roleRights, type Operator } from "#shared/domain/staff/roles.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { isId } from "#server/app/ids.ts";
import { refuse } from "#server/app/sync/refuse.ts";

export type Decision = {
  /** The intent's id; the operation carries it, so the same intent twice is one decision. */
  readonly requestId: string;
  readonly proposalId: string;
  readonly decision: "approve" | "reject";
  readonly reason: string | null;
};

const saltBytes = 16;

/** Decides a proposal that head office holds. An approval issues the points into the pool, from where they are placed. */
export async function decideProposal(
  ports: Ports,
  tx: Transaction,
  by: Operator,
  { requestId, proposalId, decision, reason }: Decision,
): Promise<Result<ActReply, SyncRefusal>> {
  if (!may(by, "proposal.decide")) return refuse(403, "FORBIDDEN", { permission: "proposal.decide" });
  const memberId = isId(proposalId) ? await memberOf(tx, proposalId) : undefined;
  if (memberId === undefined) return refuse(404, "PROPOSAL_NOT_FOUND");
  const work = await openWork(tx, ports.machine, ports.identity, {
    memberIds: [memberId],
    records: [{ kind: "proposal", id: proposalId }],
  });
  const earlier = await decidedBefore(tx, requestId);
  if (earlier) {
    const isSame = earlier.proposalId === proposalId && earlier.decision === decision && earlier.reason === reason;
    return isSame ? ok({ opId: requestId, verdict: "duplicate", state: stateAfter(decision) }) : refuse(409, "REQUEST_ID_REUSED");
  }
  const proposal = proposalRecord.parse(work.books.records.find("proposal", proposalId)?.doc);
  const branchId = (await tx.inbox.authorBranches([proposalId])).get(proposalId);
  if (roleRights[by.role].scope === "branch" && by.branchId !== branchId) return refuse(403, "OUT_OF_SCOPE");
  if (proposal.proposedBy === by.staffId) return refuse(403, "OWN_PROPOSAL");
  if (decision === "reject" && !reason?.trim()) return refuse(400, "REASON_MISSING");
  if (proposal.state !== "open") return refuse(409, "ALREADY_DECIDED", { state: proposal.state });

  const salt = Buffer.from(ports.machine.random(saltBytes)).toString("base64");
  await work.own.write(proposalDecide, {
    opId: requestId,
    by: by.staffId,
    d: { proposalId, memberId, decision, lot: decision === "approve" ? lotOf(proposal) : null },
    ...(reason !== null && { personal: { salt, reason } }),
  });
  await repayFromPool(work, memberId);
  await finishWork(work);
  return ok({ opId: requestId, verdict: "applied", state: stateAfter(decision) });
}

const stateAfter = (decision: Decision["decision"]): ActReply["state"] => (decision === "approve" ? "approved" : "rejected");

const lotOf = ({ points, ruleId, ruleVersion, earnedOn, expiresOn }: ProposalRecord) => ({
  points,
  ruleId,
  ruleVersion,
  earnedOn,
  expiresOn,
});

/** Read before the member is held; whose proposal it is never changes. */
async function memberOf(tx: Transaction, proposalId: string): Promise<string | undefined> {
  const [record] = await tx.records.find([{ kind: "proposal", id: proposalId }]);
  return record && proposalRecord.parse(record.doc).memberId;
}

/** What the operation with this id decided; a decision that names nothing when the id belongs to another kind of operation. */
async function decidedBefore(tx: Transaction, requestId: string) {
  const [stored] = await tx.inbox.find([requestId]);
  if (!stored) return undefined;
  const operation = readBytes(stored, stored);
  const isDecision = operation.ok && operation.value.replica === 0 && stored.type === proposalDecide.type;
  if (!isDecision) return { proposalId: null, decision: null, reason: null };
  const { proposalId, decision } = proposalDecide.data.parse(operation.value.body.d);
  const personal = proposalDecide.personal?.safeParse(operation.value.personal);
  return { proposalId, decision, reason: personal?.success ? (personal.data?.reason ?? null) : null };
}
