import { holdUpNobody } from "#server/app/hold-up-nobody.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import { audiences, makeMoves, rowsAbout } from "./feed-moves.ts";
import { openWork } from "./work.ts";

/** A branch that has not served a member for so long knows as little of the person as any other. */
const servedMonths = 24;
/** As many as one round of the clock takes in a few seconds; the next round goes on. */
const membersAtOnce = 200;

/**
 * Takes members out of the working sets of branches that have not served them for two years: their rows leave those branches' feeds, and a station
 * lets go of them when its own edits of them are settled. The home branch keeps its members.
 */
export async function trimWorkingSets({ store, machine, identity, notifier }: Ports): Promise<void> {
  const today = businessDateOf(machine.clock.nowMs());
  const before = addMonths(today, -servedMonths).slice(0, "YYYY-MM".length);
  const stale = await store.read((tx) => tx.ledger.notVisitedSince(before, membersAtOnce));
  for (const { memberId, branchId } of stale) {
    const letGo = async (tx: Transaction): Promise<void> => {
      const work = await openWork(tx, machine, identity, { memberIds: [memberId] });
      // Whoever was served meanwhile is known again; the lock on the member keeps that so.
      const still = (await tx.ledger.visits([memberId], before)).find((visits) => visits.branchId === branchId);
      if (!still || still.visits > 0) return;
      await tx.ledger.forgetVisits(memberId, branchId);
      const { books, visits } = work;
      // Whoever joined twice is known under both names where either was served.
      const names = books.namesOf(memberId);
      const left = visits.filter((served) => served.memberId !== memberId || served.branchId !== branchId);
      if (audiences(work, left)(names).has(branchId)) return;
      const moves = makeMoves(books.records);
      const about = [...books.records.ofKind("proposal"), ...books.records.ofKind("review")];
      for (const name of names) {
        const ofName = about.filter(({ doc }) => doc["memberId"] === name);
        for (const { kind, id } of rowsAbout(books, name, ofName)) {
          const record = books.records.find(kind, id);
          if (record) moves.remove(streams.profile(branchId), record);
        }
      }
      await tx.feed.advance(moves.all(), machine.clock.nowMs());
    };
    await holdUpNobody(machine.log, { job: "trimWorkingSets", memberId }, () => store.write(letGo));
  }
  if (stale.length > 0) notifier.published();
}
