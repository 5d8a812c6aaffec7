import { describe, expect, it } from "vitest";
import { changes, lotOf, moveOf, newId, save, type StoreOf } from "./samples.ts";

export function describeTransactions(storeOf: StoreOf): void {
  describe("transactions", () => {
    const amountsOf = async (lotId: string): Promise<Readonly<Record<string, number>>> => {
      const { accounts } = await storeOf().read((tx) => tx.ledger.lots({ memberIds: [], lotIds: [lotId] }));
      return Object.fromEntries(accounts.map(({ holder, amount }) => [holder, amount]));
    };

    it("leave nothing behind when the work fails", async () => {
      const lot = lotOf(newId(), 100);
      const failing = storeOf().write(async (tx) => {
        await tx.ledger.lock([lot.memberId]);
        await tx.ledger.save(changes({ lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 100) }));
        await tx.feed.advance([{ stream: lot.memberId, kind: "member", id: lot.memberId, ver: 1, deleted: false }], 1);
        throw new Error("the work failed");
      });
      await expect(failing).rejects.toThrow("the work failed");
      expect(await amountsOf(lot.lotId)).toEqual({});
      expect(await storeOf().read((tx) => tx.feed.heads([lot.memberId]))).toEqual(new Map());
      // What was undone does not stand in the way of doing it again.
      await save(storeOf(), { lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 100) });
      expect(await amountsOf(lot.lotId)).toEqual({ ISSUED: -100, POOL: 100 });
    });

    it("put back what they had changed and removed", async () => {
      const lot = lotOf(newId(), 100);
      const subject = newId();
      await save(storeOf(), { lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 100) });
      await storeOf().write((tx) => tx.access.addFailedTry(subject, 7));
      const failing = storeOf().write(async (tx) => {
        await tx.ledger.save(changes({ entries: moveOf(lot, "POOL", "REDEEMED", 60) }));
        await tx.access.forgetFailedTries(subject);
        throw new Error("the work failed");
      });
      await expect(failing).rejects.toThrow("the work failed");
      expect(await amountsOf(lot.lotId)).toEqual({ ISSUED: -100, POOL: 100 });
      expect(await storeOf().read((tx) => tx.access.failedTries(subject, 0))).toEqual([7]);
    });

    it("cannot go on as if a question that was refused had not been asked", async () => {
      const lot = lotOf(newId(), 100);
      const draw = { drawId: newId(), incarnation: newId(), memberId: lot.memberId, want: 1, granted: 1 };
      const swallowing = storeOf().write(async (tx) => {
        await tx.ledger.addDraw(draw);
        await tx.ledger.save(changes({ lots: [lot], entries: moveOf(lot, "POOL", "REDEEMED", 1) })).catch(() => undefined);
      });
      await expect(swallowing).rejects.toThrow("cannot be committed");
      expect(await storeOf().read((tx) => tx.ledger.findDraw(draw.drawId))).toBeUndefined();
    });

    it("do not change anything while reading", async () => {
      await expect(storeOf().read((tx) => tx.access.addFailedTry("read only", 1))).rejects.toThrow("read-only transaction");
    });

    it("of two that change the same member, the second sees what the first has done", async () => {
      const lot = lotOf(newId(), 100);
      await save(storeOf(), { lots: [lot], entries: moveOf(lot, "ISSUED", "POOL", 100) });
      const take = (points: number) =>
        storeOf().write(async (tx) => {
          await tx.ledger.lock([lot.memberId]);
          const { accounts: found } = await tx.ledger.lots({ memberIds: [lot.memberId], lotIds: [] });
          const left = found.find(({ holder }) => holder === "POOL")?.amount ?? 0;
          await tx.ledger.save(changes({ entries: moveOf(lot, "POOL", "REDEEMED", points) }));
          return left;
        });
      const seen = await Promise.all([take(10), take(10)]);
      expect(seen.toSorted((a, b) => a - b)).toEqual([90, 100]);
    });

    it("of one that brings a request and one that brings the entry it is about, the second finds what the first wrote", async () => {
      const [request, entry] = [newId(), newId()];
      const bring = (brings: "entries" | "requests", own: string, other: string) =>
        storeOf().write(async (tx) => {
          await tx.records.takeTurn(brings);
          const found = await tx.records.find([{ kind: "request", id: other }]);
          await tx.records.save([{ kind: "request", id: own, doc: {}, fieldClock: {}, ver: 1 }]);
          return found.length;
        });
      const found = await Promise.all([bring("entries", entry, request), bring("requests", request, entry)]);
      expect(found.toSorted()).toEqual([0, 1]);
    });

    it("give what was answered to nobody else: a later change does not reach it", async () => {
      const id = newId();
      const store = storeOf();
      const put = (name: string) =>
        store.write((tx) => tx.records.save([{ kind: "cardKind", id, doc: { name, media: ["magstripe"] }, fieldClock: {}, ver: 1 }]));
      await put("before");
      const [before] = await store.read((tx) => tx.records.find([{ kind: "cardKind", id }]));
      await put("after");
      expect(before?.doc).toEqual({ name: "before", media: ["magstripe"] });
    });
  });
}
