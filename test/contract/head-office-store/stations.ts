import { describe, expect, it } from "vitest";
import { depositsMax } from "#server/app/ports/station-store.ts";
import { hashes, lifeOf, newId, operationOf, type StoreOf } from "./samples.ts";

const publicKey = hashes[0];

export function describeStations(storeOf: StoreOf): void {
  describe("stations", () => {
    const add = (branchId = newId()) => storeOf().write((tx) => tx.stations.add({ branchId, publicKey, app: "1.0" }));
    const register = (life: ReturnType<typeof lifeOf>, atMs = 1) => storeOf().write((tx) => tx.stations.register(life, atMs));
    const lock = (replica: number, incarnation: string) => storeOf().write((tx) => tx.stations.lock(replica, incarnation));

    it("get a number of their own and are found by it", async () => {
      const branchId = newId();
      const [one, two] = [await add(branchId), await add(branchId)];
      expect(one).not.toBe(two);
      const found = { replica: two, branchId, publicKey, state: "active", clockAheadMs: null };
      expect(await storeOf().read((tx) => tx.stations.find(two))).toEqual(found);
      expect(await storeOf().read((tx) => tx.stations.find(two + 1_000_000))).toBeUndefined();
    });

    it("live one life after the other", async () => {
      const replica = await add();
      const first = lifeOf(replica);
      const second = lifeOf(replica, { forkedFrom: { incarnation: first.incarnation, seq: 12 } });
      await register(first);
      await register(second, 2);
      expect(await lock(replica, first.incarnation)).toEqual({ ...first, state: "superseded" });
      expect(await lock(replica, second.incarnation)).toEqual(second);
      expect(await storeOf().read((tx) => tx.stations.lives(replica))).toEqual([{ ...first, state: "superseded" }, second]);
      expect(await lock(replica, newId())).toBeUndefined();
      await expect(register(lifeOf(await add(), { incarnation: first.incarnation }))).rejects.toMatchObject({
        constraint: "replica_inc_once",
      });
    });

    it("go on in the life they are in when one that is over is entered behind it", async () => {
      const replica = await add();
      const present = lifeOf(replica);
      await register(present);
      const over = lifeOf(replica, { state: "superseded" });
      await register(over, 2);
      expect(await lock(replica, present.incarnation)).toEqual(present);
      expect(await lock(replica, over.incarnation)).toEqual(over);
      const overview = await storeOf().read((tx) => tx.stations.overview());
      expect(overview.find((station) => station.replica === replica)?.state).toBe("active");
    });

    it("have what was heard of them, and what they claim, until it is compared", async () => {
      const replica = await add();
      const life = lifeOf(replica);
      await register(life);
      const heard = {
        ...life,
        ackSeq: 7,
        ackHash: hashes[1],
        claim: { count: 2, sum: "00ff", atSeq: 7, atGno: 1 },
        claimState: "differs",
      } as const;
      await storeOf().write((tx) => tx.stations.save(heard));
      expect(await lock(replica, life.incarnation)).toEqual(heard);
      await storeOf().write((tx) => tx.stations.save({ ...heard, claim: null }));
      expect(await lock(replica, life.incarnation)).toEqual({ ...heard, claim: null });
      const unknown = storeOf().write((tx) => tx.stations.save({ ...heard, state: "asleep" as "active" }));
      await expect(unknown).rejects.toMatchObject({ constraint: "replica_inc_state" });
    });

    it("are placed by branch and by life", async () => {
      const branchId = newId();
      const [here, elsewhere] = [await add(branchId), await add()];
      const [one, two] = [lifeOf(here), lifeOf(elsewhere, { state: "fenced" })];
      await register(one);
      await register(two);
      await storeOf().write((tx) => tx.stations.heard(here, 55, { app: "2.0", clockAheadMs: -9 }));
      const placed = await storeOf().read((tx) => tx.stations.placed({ branchIds: [branchId], incarnations: [two.incarnation] }));
      expect(placed.toSorted((a, b) => a.replica - b.replica)).toEqual([
        { replica: here, incarnation: one.incarnation, state: "active", claimState: "agrees", branchId, lastContactMs: 55 },
        expect.objectContaining({ replica: elsewhere, state: "fenced", lastContactMs: 0 }),
      ]);
    });

    it("are heard with what a hello says, and go on under it when other requests say nothing", async () => {
      const replica = await add();
      await storeOf().write((tx) => tx.stations.heard(replica, 1, { app: "2.0", clockAheadMs: 60_000 }));
      await storeOf().write((tx) => tx.stations.heard(replica, 2));
      const overview = await storeOf().read((tx) => tx.stations.overview());
      expect(overview.find((station) => station.replica === replica)).toMatchObject({ lastContactMs: 2, app: "2.0", clockAheadMs: 60_000 });
    });

    it("deposit keys, of which the newest are kept", async () => {
      const replica = await add();
      const deposit = (keyId: string, depositedAtMs: number) =>
        storeOf().write((tx) => tx.stations.deposit(replica, { keyId, sealed: hashes[1], depositedAtMs }));
      for (let n = 1; n <= depositsMax + 1; n++) await deposit(`key ${n}`, n);
      await deposit("key 2", 99);
      const kept = await storeOf().read((tx) => tx.stations.deposits(replica));
      expect(kept).toHaveLength(depositsMax);
      expect(kept.slice(0, 2).map(({ keyId }) => keyId)).toEqual(["key 2", `key ${depositsMax + 1}`]);
      expect(kept.at(-1)).toEqual({ keyId: "key 3", sealed: hashes[1], depositedAtMs: 3 });
      const stranger = storeOf().write((tx) => tx.stations.deposit(999_999, { keyId: "k", sealed: hashes[1], depositedAtMs: 1 }));
      await expect(stranger).rejects.toMatchObject({ constraint: "key_deposit_replica_replica_replica_fkey" });
    });

    it("are told with the state that is worst", async () => {
      const [enrolled, disputed, superseded] = [await add(), await add(), await add()];
      await register(lifeOf(disputed, { claimState: "differs", ackSeq: 3 }));
      const last = lifeOf(superseded);
      await register(last, 1);
      await register(lifeOf(superseded, { state: "suspended" }), 2);
      await storeOf().write((tx) =>
        tx.inbox.insert([
          operationOf({ ...last, seq: 1, verdict: "quarantined" }),
          operationOf({ ...last, seq: 2, verdict: "flagged" }),
          operationOf({ ...last, seq: 3 }),
        ]),
      );
      const overview = await storeOf().read((tx) => tx.stations.overview());
      const of = (replica: number) => overview.find((station) => station.replica === replica);
      expect(of(enrolled)).toMatchObject({ state: "enrolled", ackSeq: 0, app: "1.0", lastContactMs: null, clockAheadMs: null });
      expect(of(disputed)).toMatchObject({ state: "rights_differ", ackSeq: 3, quarantined: 0 });
      expect(of(superseded)).toMatchObject({ state: "suspended", quarantined: 1, flagged: 1 });
      expect(overview.map(({ replica }) => replica)).toEqual(overview.map(({ replica }) => replica).toSorted((a, b) => a - b));
    });
  });
}
