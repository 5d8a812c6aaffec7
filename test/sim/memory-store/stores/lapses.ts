import type { LapseStore, MemberCharge, MemberServed } from "#server/app/ports/lapse-store.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { isUnspent } from "#shared/domain/ledger/lots.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, sum } from "../values.ts";

export function makeLapseStore({ replicas, lives, lots, accounts, entries, undos, jobRuns, lapsesDue, records }: Tables): LapseStore {
  function daysServed(memberId: string): readonly MemberServed[] {
    const spends = entries.where("spentByMember", memberId).filter(({ holder, amount }) => holder === "REDEEMED" && amount > 0);
    const days = [
      ...lots.where("byMember", memberId).map(({ earnedOn, causeOpId }) => ({ memberId, on: earnedOn, opId: causeOpId })),
      ...spends.map(({ eventDate, opId }) => ({ memberId, on: eventDate, opId })),
    ];
    return days.toSorted((a, b) => byText(a.on, b.on) || byText(a.opId, b.opId));
  }

  return {
    async liveStations() {
      return lives
        .all()
        .filter(({ replica, state }) => state === "active" && replicas.get(`${replica}`)?.state === "active")
        .toSorted((a, b) => a.replica - b.replica)
        .map(({ replica, ackSeq, headSeq, headAtMs }) => ({
          replica,
          branchId: replicas.get(`${replica}`)?.branchId ?? "",
          heardThroughMs: ackSeq >= headSeq ? headAtMs : null,
        }));
    },
    async lastRun(job) {
      const runs = jobRuns.all().filter((run) => run.job === job);
      return runs.toSorted((a, b) => byText(a.until, b.until)).at(-1);
    },
    async finishRun(run) {
      if (!jobRuns.get(`${run.job}/${run.until}`)) jobRuns.insert(run);
    },
    async membersWithLapsedPool({ after, until, limit }) {
      const lapsed = lots.where("byLastDay", "some day").filter(({ expiresOn }) => (expiresOn ?? "") > after && (expiresOn ?? "") <= until);
      const held = lapsed.filter(({ lotId }) => (accounts.get(`${lotId}/POOL`)?.amount ?? 0) > 0);
      return [...new Set(held.map(({ memberId }) => memberId))].toSorted(byText).slice(0, limit);
    },
    async membersLongUnserved({ after, until }) {
      const months = new Map(
        records.where("byKind", "rule").flatMap(({ doc }) => {
          const { ruleId, version, inactiveMonths } = earningRule.parse(doc);
          return inactiveMonths === undefined ? [] : [[`${ruleId}/${version}`, inactiveMonths] as const];
        }),
      );
      const found = lots.all().flatMap(({ lotId, memberId, ruleId, ruleVersion }) => {
        const span = months.get(`${ruleId}/${ruleVersion}`);
        const isHeld = accounts.where("byLot", lotId).some(({ holder, amount }) => amount > 0 && isUnspent(holder));
        if (span === undefined || !isHeld) return [];
        const ends = daysServed(memberId).map(({ on }) => addMonths(on, span));
        return ends.some((end) => end > after && end <= until) ? [memberId] : [];
      });
      return [...new Set(found)].toSorted(byText);
    },
    async served(memberIds) {
      return memberIds.flatMap(daysServed);
    },
    async due({ after, limit }) {
      const all = lapsesDue.all().map(({ memberId }) => memberId);
      return all
        .filter((memberId) => memberId > after)
        .toSorted(byText)
        .slice(0, limit);
    },
    async markDue(memberIds) {
      for (const memberId of memberIds) lapsesDue.put({ memberId });
    },
    async clearDue(memberIds) {
      for (const memberId of memberIds) lapsesDue.remove(memberId);
    },
    async lotsEver(memberIds) {
      return foundOnce(memberIds, (memberId) => lots.where("byMember", memberId))
        .flat()
        .map(({ lotId }) => lotId);
    },
    async charges(memberIds) {
      const spent = foundOnce(memberIds, (memberId) => entries.where("spentByMember", memberId)).flat();
      const named = spent.flatMap(({ lotId, opId, memberId, amount, eventDate }): MemberCharge[] => {
        if (lotId === null) return [];
        const [undo] = undos.where("byOperation", opId);
        return [{ memberId, spendOpId: undo?.undone ?? opId, lotId, spentOn: eventDate, points: amount }];
      });
      return [...Map.groupBy(named, ({ memberId, spendOpId, lotId }) => `${memberId}/${spendOpId}/${lotId}`).values()]
        .flatMap((some): MemberCharge[] => {
          const [first] = some.toSorted((a, b) => byText(a.spentOn, b.spentOn));
          const points = sum(some.map((charge) => charge.points));
          return first && points !== 0 ? [{ ...first, points }] : [];
        })
        .toSorted((a, b) => byText(a.spentOn, b.spentOn) || byText(a.spendOpId, b.spendOpId) || byText(a.lotId, b.lotId));
    },
  };
}
