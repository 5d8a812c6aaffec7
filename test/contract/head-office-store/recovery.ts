import { describe, expect, it } from "vitest";
import { hashes, lifeOf, newId, type StoreOf } from "./samples.ts";

export function describeRecovery(storeOf: StoreOf): void {
  describe("recovery", () => {
    const state = () => storeOf().read((tx) => tx.recovery.state());
    const awaited = (epoch: number) => storeOf().read((tx) => tx.recovery.awaited(epoch));
    const add = () => storeOf().write((tx) => tx.stations.add({ branchId: newId(), publicKey: hashes[0], app: "1.0" }));

    it("begins once, whoever else has seen the same, and ends", async () => {
      const before = await state();
      const begin = (epoch: number) => storeOf().write((tx) => tx.recovery.begin(before, epoch, 77));
      expect(await begin(before.epoch + 5)).toBe(true);
      expect(await begin(before.epoch + 6)).toBe(false);
      expect(await state()).toEqual({ epoch: before.epoch + 5, recoveringSinceMs: 77 });
      await storeOf().write((tx) => tx.recovery.end());
      expect(await state()).toEqual({ epoch: before.epoch + 5, recoveringSinceMs: null });
    });

    it("waits for every station that may be alive and has not said what it has", async () => {
      const { epoch } = await state();
      const [quiet, heard, fenced] = [await add(), await add(), await add()];
      await storeOf().write(async (tx) => {
        await tx.stations.register(lifeOf(heard), 1);
        await tx.stations.register(lifeOf(fenced, { state: "fenced" }), 1);
        await tx.recovery.presented(heard, epoch);
      });
      const waitedFor = await awaited(epoch);
      expect([quiet, heard, fenced].map((replica) => waitedFor.includes(replica))).toEqual([true, false, false]);
      expect(await awaited(epoch + 1)).toContain(heard);
      expect(await storeOf().read((tx) => tx.recovery.hasPresented(heard, epoch))).toBe(true);
      expect(await storeOf().read((tx) => tx.recovery.hasPresented(quiet, epoch))).toBe(false);
    });
  });
}
