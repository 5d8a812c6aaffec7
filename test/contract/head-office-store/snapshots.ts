import { describe, expect, it } from "vitest";
import type { Snapshot } from "#server/app/ports/snapshot-store.ts";
import { newId, type StoreOf } from "./samples.ts";

export function describeSnapshots(storeOf: StoreOf): void {
  describe("snapshots", () => {
    const begin = (stream: string, begunAtMs: number, stuckBeforeMs = 0, snapshotId = newId()) =>
      storeOf().write(async (tx) =>
        (await tx.snapshots.begin({ snapshotId, stream, epoch: 1, begunAtMs }, stuckBeforeMs)) ? snapshotId : null,
      );
    const madeAt = (snapshotId: string, madeAtMs: number): Snapshot => ({
      snapshotId,
      gseq: madeAtMs,
      madeAtMs,
      manifest: `{"of":"${snapshotId}"}`,
      signature: Buffer.alloc(64, 1),
      key: Buffer.alloc(32, 2),
    });
    const chunk = (snapshotId: string, n = 0) => storeOf().read((tx) => tx.snapshots.chunk(snapshotId, n));
    const newest = (stream: string, epoch = 1) => storeOf().read((tx) => tx.snapshots.newest(stream, epoch));
    const make = async (stream: string, madeAtMs: number): Promise<string> => {
      const snapshotId = (await begin(stream, madeAtMs)) ?? "";
      await storeOf().write((tx) => tx.snapshots.addChunk(snapshotId, 0, Buffer.of(madeAtMs)));
      expect(await storeOf().write((tx) => tx.snapshots.publish(madeAt(snapshotId, madeAtMs)))).toBe(true);
      return snapshotId;
    };

    it("hands out one that is whole, with its chunks, to whoever knows its epoch", async () => {
      const stream = newId();
      const snapshotId = (await begin(stream, 5)) ?? "";
      await storeOf().write((tx) => tx.snapshots.addChunk(snapshotId, 0, Buffer.of(7)));
      expect(await newest(stream)).toBeUndefined();
      await storeOf().write((tx) => tx.snapshots.publish(madeAt(snapshotId, 6)));
      expect(await newest(stream)).toEqual(madeAt(snapshotId, 6));
      expect(await newest(stream, 2)).toBeUndefined();
      expect(await chunk(snapshotId)).toEqual(Buffer.of(7));
      expect(await chunk(snapshotId, 1)).toBeUndefined();
    });

    it("is made by one at a time, and begun again when that one is never heard of any more", async () => {
      const stream = newId();
      const stuck = await begin(stream, 5);
      expect(await begin(stream, 6)).toBeNull();
      expect(await begin(stream, 7, 6)).not.toBeNull();
      await storeOf().write((tx) => tx.snapshots.addChunk(stuck ?? "", 0, Buffer.of(1)));
      expect(await chunk(stuck ?? "")).toBeUndefined();
      expect(await storeOf().write((tx) => tx.snapshots.publish(madeAt(stuck ?? "", 9)))).toBe(false);
    });

    it("keeps the one before for whoever is in the middle of it, and none that is older", async () => {
      const stream = newId();
      const [first, second, third] = [await make(stream, 1), await make(stream, 2), await make(stream, 3)];
      expect((await newest(stream))?.snapshotId).toBe(third);
      expect(await chunk(second)).toEqual(Buffer.of(2));
      expect(await chunk(first)).toBeUndefined();
    });

    it("takes away all of them at once, and one by itself", async () => {
      const [one, other] = [newId(), newId()];
      const made = await make(one, 1);
      await storeOf().write((tx) => tx.snapshots.remove(made));
      expect(await newest(one)).toBeUndefined();
      const another = await make(other, 1);
      await storeOf().write((tx) => tx.snapshots.removeAll());
      expect(await newest(other)).toBeUndefined();
      expect(await chunk(another)).toBeUndefined();
    });
  });
}
