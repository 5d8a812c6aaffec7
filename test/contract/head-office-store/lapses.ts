import { describe, expect, it } from "vitest";
import { hashes, lifeOf, lotOf, moveOf, newId, recordOf, save, type StoreOf } from "./samples.ts";

export function describeLapses(storeOf: StoreOf): void {
  describe("what lapses", () => {
    const lapsing = (memberId: string, expiresOn: string) => ({ ...lotOf(memberId, 100), expiresOn });

    it("is found by its last day, where something of it lies at head office, some members at a time", async () => {
      const [one, two, three] = [newId(), newId(), newId()].toSorted();
      if (!one || !two || !three) throw new Error("three were made");
      const lots = [lapsing(one, "1999-06-30"), lapsing(two, "1999-07-01"), lapsing(two, "1999-07-02"), lapsing(three, "1999-07-01")];
      await save(storeOf(), {
        lots,
        entries: lots.flatMap((lot) => moveOf(lot, "ISSUED", lot.memberId === three ? "EXPIRED" : "POOL", 100)),
      });
      const find = (after: string, until: string, limit = 9) =>
        storeOf().read((tx) => tx.lapses.membersWithLapsedPool({ after, until, limit }));
      expect(await find("1999-06-29", "1999-07-02")).toEqual([one, two]);
      expect(await find("1999-06-29", "1999-07-02", 1)).toEqual([one]);
      expect(await find("1999-06-30", "1999-07-01")).toEqual([two]);
      expect(await find("1999-07-02", "1999-12-31")).toEqual([]);
    });

    it("is settled with what was spent, what was undone left out", async () => {
      const memberId = newId();
      const [lot, other] = [lapsing(memberId, "2026-12-31"), lapsing(memberId, "2026-12-31")].toSorted((a, b) =>
        a.lotId < b.lotId ? -1 : 1,
      );
      if (!lot || !other) throw new Error("two were made");
      const [spend, undone, undoing] = [newId(), newId(), newId()];
      await save(storeOf(), {
        lots: [lot, other],
        entries: [
          ...[lot, other].flatMap((each) => moveOf(each, "ISSUED", "POOL", 100)),
          ...moveOf(lot, "POOL", "REDEEMED", 30, spend),
          ...moveOf(other, "POOL", "REPAID", 20, spend).map((entry) => ({ ...entry, line: entry.line + 2 })),
          ...moveOf(lot, "POOL", "REDEEMED", 10, undone),
          ...moveOf(lot, "REDEEMED", "POOL", 10, undoing),
        ],
        undos: [{ undone, opId: undoing }],
      });
      const charge = { memberId, spendOpId: spend, spentOn: "2026-11-21" };
      expect(await storeOf().read((tx) => tx.lapses.charges([memberId, newId()]))).toEqual([
        { ...charge, lotId: lot.lotId, points: 30 },
        { ...charge, lotId: other.lotId, points: 20 },
      ]);
      expect((await storeOf().read((tx) => tx.lapses.lotsEver([memberId]))).toSorted()).toEqual([lot.lotId, other.lotId]);
    });

    it("for want of visits is found by the days on which members were served who hold such points", async () => {
      const [rule, holding, spent, other] = [newId(), newId(), newId(), newId()];
      const quiet = {
        ruleId: rule,
        version: 1,
        name: { "zh-CN": "", "en-US": "" },
        points: 1,
        perFen: 100,
        approval: "none",
        validMonths: null,
      };
      await storeOf().write((tx) =>
        tx.records.save([recordOf("rule", { ...quiet, inactiveMonths: 1, opensOn: "1999-01-01", closesOn: null }, `${rule}/1`)]),
      );
      const lots = [holding, spent].map((memberId) => ({ ...lotOf(memberId, 100), ruleId: rule, earnedOn: "1999-01-31" }));
      const [held, gone] = lots;
      if (!held || !gone) throw new Error("two were made");
      const visit = newId();
      await save(storeOf(), {
        lots: [...lots, { ...lotOf(other, 100), earnedOn: "1999-01-31" }],
        entries: [
          ...moveOf(held, "ISSUED", "RIGHT:0000000000000000", 100),
          ...moveOf(held, "RIGHT:0000000000000000", "REDEEMED", 1, visit).map((entry) => ({ ...entry, eventDate: "1999-02-10" })),
          ...moveOf(gone, "ISSUED", "EXPIRED", 100),
        ],
      });
      const find = (after: string, until: string) => storeOf().read((tx) => tx.lapses.membersLongUnserved({ after, until }));
      expect(await find("1999-02-27", "1999-02-28")).toEqual([holding]);
      expect(await find("1999-03-09", "1999-03-10")).toEqual([holding]);
      expect(await find("1999-02-28", "1999-03-09")).toEqual([]);
      expect(await storeOf().read((tx) => tx.lapses.served([holding]))).toEqual([
        { memberId: holding, on: "1999-01-31", opId: held.causeOpId },
        { memberId: holding, on: "1999-02-10", opId: visit },
      ]);
    });

    it("is looked at again for members that were marked, once", async () => {
      const [one, two] = [newId(), newId()].toSorted();
      if (!one || !two) throw new Error("two were made");
      await storeOf().write((tx) => tx.lapses.markDue([one, two]));
      await storeOf().write((tx) => tx.lapses.markDue([two]));
      const ours = async () => {
        const due = await storeOf().read((tx) => tx.lapses.due({ after: "00000000-0000-0000-0000-000000000000", limit: 999 }));
        return due.filter((memberId) => memberId === one || memberId === two);
      };
      expect(await ours()).toEqual([one, two]);
      expect(await storeOf().read((tx) => tx.lapses.due({ after: one, limit: 1 }))).not.toContain(one);
      await storeOf().write((tx) => tx.lapses.clearDue([one]));
      expect(await ours()).toEqual([two]);
      await storeOf().write((tx) => tx.lapses.clearDue([two]));
    });

    it("waits for stations that are live, until all is here that they said they have", async () => {
      const replica = await storeOf().write((tx) => tx.stations.add({ branchId: "east", publicKey: hashes[0], app: "1.0" }));
      const [old, life] = [lifeOf(replica), lifeOf(replica)];
      for (const each of [old, life]) await storeOf().write((tx) => tx.stations.register(each, 1));
      const heard = async () => {
        const stations = await storeOf().read((tx) => tx.lapses.liveStations());
        return stations.filter((station) => station.replica === replica);
      };
      expect(await heard()).toEqual([{ replica, branchId: "east", heardThroughMs: 0 }]);
      await storeOf().write((tx) => tx.stations.saidHead(life, 3, 77));
      expect(await heard()).toEqual([{ replica, branchId: "east", heardThroughMs: null }]);
      await storeOf().write((tx) => tx.stations.save({ ...life, ackSeq: 3 }));
      expect(await heard()).toEqual([{ replica, branchId: "east", heardThroughMs: 77 }]);
      await storeOf().write((tx) => tx.stations.save({ ...life, state: "suspended" }));
      expect(await heard()).toEqual([]);
    });

    it("has runs, of which the last is remembered", async () => {
      const run = { job: "expiry", until: "2026-06-30", doneAtMs: 1, without: [4, 5] } as const;
      await storeOf().write((tx) => tx.lapses.finishRun({ ...run, until: "2026-06-29" }));
      await storeOf().write((tx) => tx.lapses.finishRun(run));
      await storeOf().write((tx) => tx.lapses.finishRun({ ...run, without: [] }));
      expect(await storeOf().read((tx) => tx.lapses.lastRun("expiry"))).toEqual(run);
    });
  });
}
