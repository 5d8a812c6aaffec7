import type { MemberPurchase, TierStore } from "#server/app/ports/tier-store.ts";
import type { Lot } from "#shared/domain/ledger/lots.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, sum } from "../values.ts";

export function makeTierStore({ lots, undos, records, tiersDue }: Tables): TierStore {
  const docOf = (kind: string, id: string) => records.get(`${kind}/${id}`)?.doc;
  const whole = (value: unknown): number => (typeof value === "number" ? value : 0);
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

  /** What a purchase earned in a span and was not undone. */
  const earned = (some: readonly Lot[], from: string, until: string): readonly Lot[] =>
    some.filter(({ lotId, causeOpId, earnedOn }) => {
      const cause = text(docOf("proposal", lotId)?.["differenceOf"]) ?? lotId;
      return lotId === causeOpId && earnedOn >= from && earnedOn <= until && !undos.get(cause);
    });
  const amountOf = ({ lotId }: Lot): number => whole(docOf("purchase", lotId)?.["amountFen"]);

  return {
    async candidates({ measure, from, until, atLeast }) {
      const byMember = Map.groupBy(earned(lots.all(), from, until), ({ memberId }) => memberId);
      const measured = [...byMember].filter(
        ([, theirs]) => sum(theirs.map((lot) => (measure === "points" ? lot.points : amountOf(lot)))) >= atLeast,
      );
      const withTier = records.where("byKind", "tier").filter(({ doc }) => whole(doc["rank"]) > 0);
      const ids = [...measured.map(([memberId]) => memberId), ...[...withTier, ...records.where("byKind", "alias")].map(({ id }) => id)];
      return [...new Set(ids)].toSorted(byText);
    },
    async purchases(memberIds, { from, until }) {
      const theirs = foundOnce(memberIds, (memberId) => lots.where("byMember", memberId)).flat();
      return earned(theirs, from, until)
        .toSorted((a, b) => byText(b.earnedOn, a.earnedOn) || byText(b.lotId, a.lotId))
        .map((lot): MemberPurchase => {
          const { lotId, memberId, earnedOn, points } = lot;
          const refund = docOf("refund", lotId);
          return {
            memberId,
            lotId,
            on: earnedOn,
            receiptNumber: text(docOf("purchase", lotId)?.["receiptNumber"]) ?? text(docOf("proposal", lotId)?.["receiptNumber"]) ?? "",
            points: points - whole(refund?.["reversedPoints"]),
            amountFen: amountOf(lot) - whole(refund?.["refundedFen"]),
          };
        });
    },
    async due({ after, until, limit }) {
      const some = tiersDue.all().filter(({ memberId, on }) => memberId > after && on <= until);
      return some
        .map(({ memberId }) => memberId)
        .toSorted(byText)
        .slice(0, limit);
    },
    async dueSince(memberIds) {
      return new Map(foundOnce(memberIds, (memberId) => tiersDue.get(memberId)).map(({ memberId, on }) => [memberId, on]));
    },
    async markDue(purchases) {
      for (const { memberId, on } of purchases) {
        const before = tiersDue.get(memberId)?.on;
        tiersDue.put({ memberId, on: before !== undefined && before < on ? before : on });
      }
    },
    async clearDue(memberIds) {
      for (const memberId of memberIds) tiersDue.remove(memberId);
    },
  };
}
