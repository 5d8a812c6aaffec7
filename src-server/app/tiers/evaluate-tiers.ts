import { finishWork } from "#server/app/operations/finish-work.ts";
import { findMember, openWork } from "#server/app/operations/work.ts";
import { versionsOfTiers } from "#server/app/publications.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { planRun } from "#shared/domain/expiry/plan-run.ts";
import { inForce } from "#shared/domain/publications/in-force.ts";
import { addDays } from "#shared/domain/time/calendar.ts";
import { counts, lastDayOf, monthsEnding, windowOf } from "#shared/domain/tiers/months.ts";
import type { TierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import { evaluateMember, reevaluateMember, type Month } from "./evaluate-member.ts";

const membersAtOnce = 50;
const firstId = "00000000-0000-0000-0000-000000000000";

export type TierReport = {
  /** The months that were evaluated, `YYYY-MM`. */
  readonly months: readonly string[];
  /** How many members were looked at again, because of something that was heard late. */
  readonly lookedAtAgain: number;
};

/**
 * Evaluates the members' tiers for each month whose last day every live station was heard past, and again the members of whom something was
 * heard later. Run twice, or at two places at once, it does the same as once, and killed in the middle it goes on where it was.
 */
export const makeEvaluateTiers = (ports: Ports) => async (): Promise<TierReport> => {
  const { store, machine, notifier } = ports;
  const schemes = await store.read(versionsOfTiers);
  const [first] = schemes.toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1));
  if (!first) return { months: [], lookedAtAgain: 0 };
  const { until, without, silent, done } = await store.read(async (tx) => {
    const stations = await tx.lapses.liveStations();
    const plan = planRun(stations, machine.clock.nowMs());
    const missing = stations.filter(({ replica }) => plan.without.includes(replica)).map(({ branchId }) => branchId);
    const last = await tx.lapses.lastRun("tiers");
    return { ...plan, silent: [...new Set(missing)], done: last?.until ?? addDays(first.opensOn, -1) };
  });

  const months = monthsEnding(done, until);
  for (const month of months) {
    const scheme = inForce(schemes, lastDayOf(month));
    if (scheme) await evaluateMonth(ports, { month, scheme, without: silent });
    const run = { job: "tiers" as const, until: lastDayOf(month), doneAtMs: machine.clock.nowMs(), without };
    await store.write((tx) => tx.lapses.finishRun(run));
  }

  const doneUntil = months.length > 0 ? lastDayOf(months.at(-1) ?? "") : done;
  let lookedAtAgain = 0;
  for (let after: string | undefined = firstId; after !== undefined;) {
    const page = { after: after satisfies string, until: doneUntil, limit: membersAtOnce };
    const memberIds: readonly string[] = await store.write(async (tx) =>
      lookAgain(ports, tx, await tx.tiers.due(page), { schemes, doneUntil }),
    );
    lookedAtAgain += memberIds.length;
    after = memberIds.at(-1);
  }
  if (months.length > 0 || lookedAtAgain > 0) notifier.published();
  return { months, lookedAtAgain };
};

async function evaluateMonth({ store, machine, identity }: Ports, month: Month): Promise<void> {
  const { measure, window, tiers } = month.scheme;
  const span = windowOf(window, month.month);
  const candidates = await store.read((tx) => tx.tiers.candidates({ ...span, measure, atLeast: tiers[0]?.from ?? 1 }));
  for (let from = 0; from < candidates.length; from += membersAtOnce) {
    const some = candidates.slice(from, from + membersAtOnce);
    await store.write(async (tx) => {
      const work = await openWork(tx, machine, identity, { memberIds: some });
      // Read behind the locks: nothing is written about these members meanwhile.
      const purchases = await tx.tiers.purchases(work.memberIds, span);
      for (const memberId of work.memberIds) {
        const { books } = work;
        // Whoever joined twice is evaluated once, under the name that stands first.
        if (!findMember(work, memberId) || books.namesOf(memberId)[0] !== memberId) continue;
        const theirs = purchases.filter((purchase) => books.isSamePerson(purchase.memberId, memberId));
        await evaluateMember(work, memberId, month, theirs);
      }
      await finishWork(work);
    });
  }
}

/** @returns the members that were looked at */
async function lookAgain(
  { machine, identity }: Ports,
  tx: Transaction,
  memberIds: readonly string[],
  { schemes, doneUntil }: { readonly schemes: readonly TierScheme[]; readonly doneUntil: string },
): Promise<readonly string[]> {
  if (memberIds.length === 0) return [];
  const work = await openWork(tx, machine, identity, { memberIds });
  // Read behind the locks, as above.
  const since = await tx.tiers.dueSince(memberIds);
  for (const memberId of memberIds) {
    const day = since.get(memberId);
    if (day === undefined || !findMember(work, memberId)) continue;
    for (const month of monthsToJudge(schemes, day, doneUntil)) {
      const purchases = await tx.tiers.purchases(work.books.namesOf(memberId), windowOf(month.scheme.window, month.month));
      await reevaluateMember(work, memberId, month, purchases);
    }
  }
  await finishWork(work);
  await tx.tiers.clearDue(memberIds);
  return memberIds;
}

/** The months whose evaluation did not know of that day's purchase, oldest first, each under the scheme in force at its end. */
function monthsToJudge(schemes: readonly TierScheme[], day: string, doneUntil: string): readonly Month[] {
  return monthsEnding(addDays(day, -1), doneUntil).flatMap((month): Month[] => {
    const scheme = inForce(schemes, lastDayOf(month));
    return scheme && counts(scheme.window, month, day) ? [{ month, scheme, without: [] }] : [];
  });
}
