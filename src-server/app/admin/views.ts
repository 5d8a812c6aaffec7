import type { AdminService } from "#server/app/head-office.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { stockOfBranches } from "./stock-of-branches.ts";
import type { ProposalView } from "#shared/contracts/points.ts";
import { causeOf, proposalRecord } from "#shared/domain/earning/proposal.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { roleRights, type Operator } from "#shared/domain/staff/roles.ts";

type Views = Pick<AdminService, "balances" | "proposals" | "stations" | "stock" | "quarantine">;

/** More than a person would look through. */
const quarantinedMax = 1000;

/** What head office tells the people who look after it. */
export function makeViews({ store, machine }: Ports): Views {
  return {
    balances: (memberNumbers) =>
      store.read(async (tx) => ({
        balances: Object.fromEntries(await tx.records.balances(memberNumbers, businessDateOf(machine.clock.nowMs()))),
        operations: await tx.inbox.count(),
      })),
    proposals: (operator) => store.read((tx) => proposalsFor(tx, operator)),
    stations: () =>
      store.read(async (tx) => {
        const branches = byId(await tx.records.ofKind("branch"));
        const overview = await tx.stations.overview();
        return overview.map(({ branchId, app: _app, clockAheadMs: _clockAheadMs, impossible: _impossible, ...station }) => ({
          ...station,
          branch: textOf(branches.get(branchId), "code"),
        }));
      }),
    stock: () => store.read(stockOfBranches),
    quarantine: () =>
      store.read(async (tx) => {
        const operations = await tx.inbox.inQueue("quarantined", null, quarantinedMax);
        return operations.map(({ opId, replica, seq, type, code = "", receivedAtMs }) => ({
          opId,
          replica,
          seq,
          type,
          code,
          receivedAtMs,
        }));
      }),
  };
}

const byId = (records: readonly StoredRecord[]): ReadonlyMap<string, StoredRecord> => new Map(records.map((record) => [record.id, record]));

/** A text of a record; empty where there is no such record. */
function textOf(record: StoredRecord | undefined, field: string): string {
  const value = record?.doc[field];
  return typeof value === "string" ? value : "";
}

async function proposalsFor(tx: Transaction, operator: Operator): Promise<readonly ProposalView[]> {
  const proposals = (await tx.records.latestProposals()).map(({ doc }) => proposalRecord.parse(doc));
  const branchOf = await tx.inbox.authorBranches(proposals.map(causeOf));
  const isBound = roleRights[operator.role].scope === "branch";
  const seen = proposals.filter((proposal) => !isBound || branchOf.get(causeOf(proposal)) === operator.branchId);
  const named = await tx.records.find([
    ...seen.map(({ memberId }): RecordKey => ({ kind: "member", id: memberId })),
    ...seen.map(({ proposedBy }): RecordKey => ({ kind: "staff", id: proposedBy })),
    ...[...new Set(branchOf.values())].map((id): RecordKey => ({ kind: "branch", id })),
  ]);
  const records = byId(named);
  return seen.map((proposal) => {
    const { proposalId, memberId, points, receiptNumber, amountFen, proposedBy, proposedAtMs, state, holder, reason } = proposal;
    const member = records.get(memberId);
    return {
      proposalId,
      memberId,
      memberNumber: textOf(member, "memberNumber"),
      name: textOf(member, "name"),
      points,
      cause: { receiptNumber, amountFen },
      proposedBy: textOf(records.get(proposedBy), "displayName") || proposedBy,
      proposedAtMs,
      branch: textOf(records.get(branchOf.get(causeOf(proposal)) ?? ""), "code"),
      state,
      holder,
      reason,
      isDifference: proposal.differenceOf !== undefined,
    };
  });
}
