import type { Transaction } from "#server/app/ports/store.ts";
import type { listQueueAct, QueueOverview } from "#shared/contracts/acts/queue.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { roleRights, type Operator } from "#shared/domain/staff/roles.ts";
import { ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { queueLines, type QueueFacts } from "./queue-lines.ts";
import { listUnclaimed } from "./unclaimed-purchases.ts";

const linesMax = 200;

/** What somebody at head office shall look at, of the whole company or of the person's branch. */
export const listQueue: ActHandler<typeof listQueueAct> = async ({ ports, tx, by }) => {
  const asOfMs = ports.machine.clock.nowMs();
  const stations = await stationsFor(tx, by);
  const branchOf = new Map(stations.map(({ replica, branch }) => [replica, branch]));
  const find = (verdict: "quarantined" | "parked" | "flagged") => tx.inbox.inQueue(verdict, branchBinding(by), linesMax + 1);
  const parked = await find("parked");
  const facts: QueueFacts = {
    nowMs: asOfMs,
    branchOf: (replica) => branchOf.get(replica) ?? "",
    behind: (opId) => parked.filter(({ waitsFor }) => waitsFor === `operation:${opId}`).length,
  };
  const shown = async (found: typeof parked): Promise<QueueOverview["parked"]> => ({
    lines: await queueLines(tx, found.slice(0, linesMax), facts),
    isCut: found.length > linesMax,
  });
  return ok({
    asOfMs,
    quarantined: await shown(await find("quarantined")),
    parked: await shown(parked),
    flagged: await shown(await find("flagged")),
    unclaimed: await listUnclaimed({ ports, tx }, branchOf, linesMax),
    suspended: stations.flatMap(({ state, impossible: _impossible, ...station }) => (state === "suspended" ? [station] : [])),
    watched: stations.flatMap(({ replica, branch, impossible }) => (impossible > 0 ? [{ replica, branch, entries: impossible }] : [])),
  });
};

/** Null for those who look after the whole company. */
const branchBinding = ({ role, branchId }: Operator): string | null => (roleRights[role].scope === "branch" ? (branchId ?? "") : null);

async function stationsFor(tx: Transaction, by: Operator) {
  const branches = (await tx.records.ofKind("branch")).map(({ doc }) => branchRecord.parse(doc));
  const names = new Map(branches.map(({ branchId, name }) => [branchId, name]));
  const bound = branchBinding(by);
  const all = (await tx.stations.overview()).filter(({ branchId }) => bound === null || branchId === bound);
  return all.map(({ replica, branchId, lastContactMs, state, impossible }) => {
    return { replica, branch: names.get(branchId) ?? "", lastContactMs, state, impossible };
  });
}
