import { finishWork } from "#server/app/operations/finish-work.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { closePeriodAct, LateFact, listPeriodsAct } from "#shared/contracts/acts/periods.ts";
import { periodClose } from "#shared/domain/periods/ops.ts";
import { closableUntil, closesAtMs, isOutstanding, periodRecord, type PeriodRecord } from "#shared/domain/periods/period.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

const periodsMax = 36;
const lateMax = 200;

async function closedPeriods(tx: Transaction): Promise<readonly PeriodRecord[]> {
  const records = await tx.records.ofKind("period");
  return records.map(({ doc }) => periodRecord.parse(doc)).toReversed();
}

/** Closes the books up to a date, with the figures as they stand. It needs no station to be heard: late facts are booked after it. */
export const closePeriod: ActHandler<typeof closePeriodAct> = async ({ ports, tx, by }, { requestId, until }) => {
  const openUntilMs = closesAtMs(until);
  if (ports.machine.clock.nowMs() < openUntilMs) return err({ code: "PERIOD_NOT_OVER", closesAtMs: openUntilMs });
  const work = await openOwnRecords(ports, tx, { kind: "period", id: until });
  const [last] = await closedPeriods(tx);
  if (last && until <= last.until) return err({ code: "PERIOD_CLOSED" });
  const accounts = await tx.ledger.booked({ after: last?.until ?? null, until });
  const openingPoints = last?.closingPoints ?? 0;
  const moved = accounts.reduce((sum, { account, amount }) => sum + (isOutstanding(account) ? amount : 0), 0);
  const period: PeriodRecord = {
    until,
    after: last?.until ?? null,
    openingPoints,
    closingPoints: openingPoints + moved,
    accounts: [...accounts],
    closedBy: by.staffId,
  };
  await work.own.write(periodClose, { opId: requestId, by: by.staffId, d: period });
  await finishWork(work);
  return ok(period);
};

/** What is closed, and what was heard too late for it: booked in the open period, with both dates. */
export const listPeriods: ActHandler<typeof listPeriodsAct> = async ({ ports, tx }, { until }) => {
  const periods = await closedPeriods(tx);
  const wanted = until === undefined ? periods[0] : periods.find((period) => period.until === until);
  const found = wanted ? await tx.ledger.lateFacts({ after: wanted.after, until: wanted.until, limit: lateMax + 1 }) : [];
  const shown = found.slice(0, lateMax);
  const branchOf = await tx.inbox.authorBranches(shown.map(({ opId }) => opId));
  const named = await tx.records.find([
    ...shown.map(({ memberId }): RecordKey => ({ kind: "member", id: memberId })),
    ...[...new Set(branchOf.values())].map((id): RecordKey => ({ kind: "branch", id })),
  ]);
  const texts = new Map(
    named.map(({ id, doc }) => [id, [doc["memberNumber"], doc["code"]].find((text) => typeof text === "string") ?? ""]),
  );
  const late = shown.map(({ memberId, ...fact }): LateFact => {
    const branchId = branchOf.get(fact.opId);
    return { ...fact, branch: branchId === undefined ? null : (texts.get(branchId) ?? branchId), memberNumber: texts.get(memberId) ?? "" };
  });
  const latest = closableUntil(ports.machine.clock.nowMs());
  return ok({ periods: periods.slice(0, periodsMax), closableUntil: latest, late, hasMoreLate: found.length > lateMax });
};
