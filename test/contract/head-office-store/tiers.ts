import { describe, expect, it } from "vitest";
import type { StoredRecord } from "#server/app/ports/record-store.ts";
import { lotOf, moveOf, newId, recordOf, save, type StoreOf } from "./samples.ts";

export function describeTiers(storeOf: StoreOf): void {
  describe("what a tier is judged by", () => {
    const earned = (memberId: string, earnedOn: string, points: number) => {
      const lot = lotOf(memberId, points);
      return { ...lot, causeOpId: lot.lotId, earnedOn };
    };
    const record = (kind: StoredRecord["kind"], id: string, doc: StoredRecord["doc"]) => recordOf(kind, doc, id);
    const span = { from: "1998-01-01", until: "1998-12-31" };

    it("is what purchases of those days earned, less what came back, and nothing that was undone or that stands for an expired lot", async () => {
      const memberId = newId();
      const [kept, refunded, undone, early] = [
        earned(memberId, "1998-12-31", 100),
        earned(memberId, "1998-01-01", 60),
        earned(memberId, "1998-06-01", 40),
        earned(memberId, "1997-12-31", 70),
      ] as const;
      const exchanged = { ...lotOf(memberId, 30), earnedOn: "1998-05-01" };
      const added = earned(memberId, "1998-12-30", 5);
      const lots = [kept, refunded, undone, early, exchanged, added];
      const purchase = (lotId: string, receiptNumber: string, amountFen: number) =>
        record("purchase", lotId, { opId: lotId, memberId, receiptNumber, amountFen, earnedOn: "1998-01-01" });
      await save(storeOf(), {
        lots,
        entries: lots.flatMap((lot) => moveOf(lot, "ISSUED", "POOL", lot.points)),
        undos: [{ undone: undone.lotId, opId: newId() }],
      });
      await storeOf().write((tx) =>
        tx.records.save([
          purchase(kept.lotId, "R1", 10_000),
          purchase(refunded.lotId, "R2", 6_000),
          record("refund", refunded.lotId, { refundedFen: 2_000, reversedPoints: 20 }),
          record("proposal", added.lotId, {
            memberId,
            state: "approved",
            differenceOf: kept.lotId,
            receiptNumber: "R1",
            earnedOn: "1998-12-30",
          }),
        ]),
      );
      expect(await storeOf().read((tx) => tx.tiers.purchases([memberId, newId()], span))).toEqual([
        { memberId, lotId: kept.lotId, receiptNumber: "R1", on: "1998-12-31", points: 100, amountFen: 10_000 },
        { memberId, lotId: added.lotId, receiptNumber: "R1", on: "1998-12-30", points: 5, amountFen: 0 },
        { memberId, lotId: refunded.lotId, receiptNumber: "R2", on: "1998-01-01", points: 40, amountFen: 4_000 },
      ]);
      const candidates = (measure: "points" | "spend", atLeast: number) =>
        storeOf().read(async (tx) => (await tx.tiers.candidates({ ...span, measure, atLeast })).includes(memberId));
      expect(await candidates("points", 165)).toBe(true);
      expect(await candidates("points", 166)).toBe(false);
      expect(await candidates("spend", 16_000)).toBe(true);
      expect(await candidates("spend", 16_001)).toBe(false);
    });

    it("is looked up for whoever has a tier or another name, whatever they earned", async () => {
      const [withTier, withoutTier, merged] = [newId(), newId(), newId()];
      await storeOf().write((tx) =>
        tx.records.save([
          record("tier", withTier, { memberId: withTier, tierId: "gold", rank: 2 }),
          record("tier", withoutTier, { memberId: withoutTier, tierId: null, rank: 0 }),
          record("alias", merged, { memberId: merged, mergedInto: null, mergedBy: null, absorbed: [], partedFrom: [] }),
        ]),
      );
      const found = await storeOf().read((tx) => tx.tiers.candidates({ ...span, measure: "points", atLeast: 1_000_000 }));
      expect([withTier, withoutTier, merged].map((id) => found.includes(id))).toEqual([true, false, true]);
      expect(found).toEqual(found.toSorted());
    });

    it("is judged again from the earliest day that was heard late, until somebody has", async () => {
      const [one, two] = [newId(), newId()].toSorted();
      if (!one || !two) throw new Error("two were made");
      await storeOf().write((tx) =>
        tx.tiers.markDue([
          { memberId: one, on: "1998-03-02" },
          { memberId: two, on: "1998-03-05" },
        ]),
      );
      await storeOf().write((tx) =>
        tx.tiers.markDue([
          { memberId: one, on: "1998-03-01" },
          { memberId: one, on: "1998-03-03" },
        ]),
      );
      const due = (until: string, after = "00000000-0000-0000-0000-000000000000") =>
        storeOf().read((tx) => tx.tiers.due({ after, until, limit: 999 }));
      expect(await due("1998-02-28")).toEqual([]);
      expect(await due("1998-03-31")).toEqual([one, two]);
      expect(await due("1998-03-31", one)).toEqual([two]);
      expect(await due("1998-03-04")).toEqual([one]);
      expect([...(await storeOf().read((tx) => tx.tiers.dueSince([one, newId()])))]).toEqual([[one, "1998-03-01"]]);
      await storeOf().write((tx) => tx.tiers.clearDue([one, two]));
      expect(await due("1998-03-31")).toEqual([]);
    });
  });
}
