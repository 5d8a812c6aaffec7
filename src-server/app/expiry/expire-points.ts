import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { planRun } from "#shared/domain/expiry/plan-run.ts";
import { settleMember } from "./settle-member.ts";

const membersAtOnce = 50;

export type ExpiryReport = {
  /** The last business date whose lapsed points are expired. */
  readonly until: string;
  /** Stations that it did not wait for any longer. */
  readonly without: readonly number[];
  /** How many members it looked at. */
  readonly members: number;
};

type Run = { readonly until: string; readonly without: readonly string[] };

/**
 * Expires what lapsed, up to the last day that every live station was heard past. It looks at the books and the clock alone: run twice, or
 * at two places at once, it does the same as once, and killed in the middle it goes on where it was, some members at a time.
 */
export const makeExpirePoints = (ports: Ports) => async (): Promise<ExpiryReport> => {
  const { store, machine, notifier } = ports;
  const { plan, last, silent } = await store.read(async (tx) => {
    const stations = await tx.lapses.liveStations();
    const planned = planRun(stations, machine.clock.nowMs());
    const missing = stations.filter(({ replica }) => planned.without.includes(replica)).map(({ branchId }) => branchId);
    return { plan: planned, last: await tx.lapses.lastRun("expiry"), silent: [...new Set(missing)] };
  });
  const settle = async (run: Run, find: (tx: Transaction) => Promise<readonly string[]>): Promise<readonly string[]> => {
    const settled = await store.write(async (tx) => settleMembers(ports, tx, await find(tx), run));
    if (settled.length > 0) notifier.published();
    return settled;
  };

  let members = 0;
  if (last === undefined || last.until < plan.until) {
    const span = { after: last?.until ?? "0001-01-01", until: plan.until, limit: membersAtOnce };
    for (;;) {
      const settled = await settle({ until: plan.until, without: silent }, (tx) => tx.lapses.membersWithLapsedPool(span));
      if (settled.length === 0) break;
      members += settled.length;
    }
    const unserved = await store.read((tx) => tx.lapses.membersLongUnserved(span));
    for (let from = 0; from < unserved.length; from += membersAtOnce) {
      const some = await settle({ until: plan.until, without: silent }, async () => unserved.slice(from, from + membersAtOnce));
      members += some.length;
    }
    await store.write((tx) =>
      tx.lapses.finishRun({ job: "expiry", until: plan.until, doneAtMs: machine.clock.nowMs(), without: plan.without }),
    );
  }
  // What was heard late, of days that are done already.
  const until = last === undefined || last.until < plan.until ? plan.until : last.until;
  for (let after: string | undefined = firstId; after !== undefined;) {
    const from: string = after;
    const settled = await settle({ until, without: silent }, (tx) => tx.lapses.due({ after: from, limit: membersAtOnce }));
    members += settled.length;
    after = settled.at(-1);
  }
  return { until, without: plan.without, members };
};

const firstId = "00000000-0000-0000-0000-000000000000";

/** By `rule/version`, of the versions of rules whose points lapse when the member stays away. */
async function inactiveMonthsOf(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const versions = (await tx.records.ofKind("rule")).map(({ doc }) => earningRule.parse(doc));
  return new Map(
    versions.flatMap(({ ruleId, version, inactiveMonths }) =>
      inactiveMonths === undefined ? [] : [[`${ruleId}/${version}`, inactiveMonths] as const],
    ),
  );
}

async function settleMembers(ports: Ports, tx: Transaction, memberIds: readonly string[], run: Run): Promise<readonly string[]> {
  if (memberIds.length === 0) return [];
  const inactiveMonths = await inactiveMonthsOf(tx);
  const work = await openWork(tx, ports.machine, ports.identity, { memberIds, withHistory: true });
  // Read behind the locks: nothing is written about these members meanwhile.
  const charges = await tx.lapses.charges(work.memberIds);
  const served = inactiveMonths.size > 0 ? await tx.lapses.served(work.memberIds) : [];
  const settled: string[] = [];
  for (const memberId of work.memberIds) {
    const { isOpen } = await settleMember(work, memberId, { ...run, charges, served, inactiveMonths });
    if (!isOpen) settled.push(memberId);
  }
  await finishWork(work);
  await tx.lapses.clearDue(settled);
  return memberIds;
}
