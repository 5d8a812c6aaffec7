import { makeCode } from "#server/app/one-time-codes.ts";
import { hasEnded } from "#server/app/operations/late-operations.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import type { createEnrolmentCodeAct, listStationsAct, PointsOfMembers, StationView } from "#shared/contracts/acts/stations.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { lossRecord, stationGiveBack } from "#shared/domain/ledger/fence-ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { inForce, isOpenOn } from "#shared/domain/publications/in-force.ts";
import { redemptionPlan } from "#shared/domain/redemption/plan.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

/** How every station stands: when it was heard, what it may spend, and what a fence has cost. */
export const listStations: ActHandler<typeof listStationsAct> = async ({ ports: { machine, identity }, tx }) => {
  const nowMs = machine.clock.nowMs();
  const branches = (await tx.records.ofKind("branch")).map(({ doc }) => branchRecord.parse(doc));
  const codes = new Map(branches.map(({ branchId, code }) => [branchId, code]));
  const lives = Map.groupBy(await tx.audit.incarnations(), ({ replica }) => replica);
  const totals = new Map(
    (await tx.ledger.lifeTotals()).map(({ incarnation, budget, ...total }) => [incarnation, { ...total, ...(budget > 0 && { budget }) }]),
  );
  const totalOf = (incarnation: string | undefined): PointsOfMembers => totals.get(incarnation ?? "") ?? { points: 0, members: 0 };
  const givenBack = await givenBackByLife(tx, identity);
  const lost = await lostByLife(tx);

  const stations = (await tx.stations.overview()).map(({ branchId, replica, state, ackSeq: _ackSeq, ...heard }): StationView => {
    const own = lives.get(replica) ?? [];
    const current = own.find((life) => life.state === "active" || life.state === "suspended");
    const ended = own
      .filter((life) => hasEnded(life))
      .map(({ incarnation }) => ({
        incarnation,
        setAside: totalOf(incarnation),
        givenBack: givenBack.get(incarnation) ?? 0,
        lost: lost.get(incarnation) ?? 0,
      }))
      .filter(({ setAside, givenBack: given, lost: paid }) => setAside.points + (setAside.budget ?? 0) + given + paid > 0);
    return { replica, ...heard, branch: codes.get(branchId) ?? "", state, rights: totalOf(current?.incarnation), ended };
  });
  const cheapest = await cheapestPlan(tx, businessDateOf(nowMs));
  return ok({ asOfMs: nowMs, branches: branches.map(({ code, name }) => ({ code, name })), stations, cheapest });
};

async function givenBackByLife(tx: Transaction, { incarnation: own }: ServerIdentity): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const stored of await tx.inbox.ownOfTypes(own, [stationGiveBack.type])) {
    const operation = readBytes(stored, stored);
    const given = operation.ok ? dataOf(operation.value, stationGiveBack) : undefined;
    if (given) sums.set(given.incarnation, (sums.get(given.incarnation) ?? 0) + given.points + (given.budget ?? 0));
  }
  return sums;
}

async function lostByLife(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const { doc } of await tx.records.ofKind("loss")) {
    const { incarnation, points } = lossRecord.parse(doc);
    sums.set(incarnation, (sums.get(incarnation) ?? 0) + points);
  }
  return sums;
}

async function cheapestPlan(tx: Transaction, today: string) {
  const versions = (await tx.records.ofKind("plan")).map(({ doc }) => redemptionPlan.parse(doc));
  const open = [...Map.groupBy(versions, ({ planId }) => planId).values()]
    .flatMap((of) => inForce(of, today) ?? [])
    .filter((plan) => isOpenOn(plan, today));
  const [cheapest] = open.toSorted((a, b) => a.costPoints - b.costPoints);
  return cheapest ? { name: cheapest.name, costPoints: cheapest.costPoints } : null;
}

/** A code for one more station of a branch. */
export const createEnrolmentCode: ActHandler<typeof createEnrolmentCodeAct> = async ({ ports: { machine, identity }, tx }, input) => {
  const branch = await tx.records.branchCoded(input.branch);
  if (!branch) return err({ code: "BRANCH_NOT_FOUND" });
  return ok(await makeCode(tx, machine, identity, { purpose: "station", branchId: branch.id }));
};
