import { describe, expect, it } from "vitest";
import { newId, recordOf, type StoreOf } from "./samples.ts";

export function describeFeed(storeOf: StoreOf): void {
  describe("feed", () => {
    const moveOf = (stream: string, id: string, ver: number, deleted = false) => ({ stream, kind: "cardKind", id, ver, deleted });
    const advance = (...moves: ReturnType<typeof moveOf>[]) => storeOf().write((tx) => tx.feed.advance(moves, 1));
    const rows = (stream: string, after: number, upTo: number, limit = 9) =>
      storeOf().read((tx) => tx.feed.rows(stream, after, upTo, limit));

    it("counts each stream by itself, in the order of the moves", async () => {
      const [one, two] = [newId(), newId()];
      expect(await advance(moveOf(one, "a", 1), moveOf(two, "a", 1), moveOf(one, "b", 1))).toEqual([1, 1, 2]);
      expect(await advance(moveOf(one, "c", 1))).toEqual([3]);
      expect(await advance()).toEqual([]);
      const heads = await storeOf().read((tx) => tx.feed.heads([one, two, newId()]));
      expect(new Map([...heads].map(([stream, { gseq }]) => [stream, gseq]))).toEqual(
        new Map([
          [one, 3],
          [two, 1],
        ]),
      );
    });

    it("delivers a thing once, at its newest place, with what it is now", async () => {
      const [stream, id, other] = [newId(), newId(), newId()];
      const put = (name: string, ver: number) => storeOf().write((tx) => tx.records.save([{ ...recordOf("cardKind", { name }, id), ver }]));
      await put("first", 1);
      await advance(moveOf(stream, id, 1), moveOf(stream, other, 1));
      await put("second", 2);
      await advance(moveOf(stream, id, 2));
      const there = { kind: "cardKind", deleted: false };
      expect(await rows(stream, 0, 9)).toEqual([
        { ...there, id: other, gseq: 2, ver: 1, doc: null },
        { ...there, id, gseq: 3, ver: 2, doc: { name: "second" } },
      ]);
      expect(await rows(stream, 0, 9, 1)).toHaveLength(1);
      expect(await rows(stream, 2, 3)).toHaveLength(1);
      expect(await rows(stream, 0, 2)).toHaveLength(1);
    });

    it("tells of a deletion without the thing, which may live on elsewhere", async () => {
      const [stream, id] = [newId(), newId()];
      await storeOf().write((tx) => tx.records.save([recordOf("cardKind", { name: "here" }, id)]));
      await advance(moveOf(stream, id, 2, true));
      expect(await rows(stream, 0, 9)).toEqual([{ kind: "cardKind", id, gseq: 1, ver: 2, deleted: true, doc: null }]);
    });

    it("lists what is there in the order of its keys with its hashes, some at a time, and counts it", async () => {
      const stream = newId();
      const hashes = { a: 1n, b: 2n ** 64n - 1n, c: 3n };
      await storeOf().write((tx) =>
        tx.records.save(Object.entries(hashes).map(([id, hash]) => ({ ...recordOf("cardKind", { name: id }, id), hash }))),
      );
      await advance(moveOf(stream, "c", 1), moveOf(stream, "a", 1), moveOf(stream, "gone", 1, true), moveOf(stream, "b", 1));
      const inKeyOrder = (after: string | null, limit: number) =>
        storeOf().read((tx) => tx.feed.inKeyOrder(stream, after === null ? null : { kind: "cardKind", id: after }, limit));
      expect((await inKeyOrder(null, 2)).map(({ id, hash }) => [id, hash])).toEqual([
        ["a", hashes.a],
        ["b", hashes.b],
      ]);
      expect((await inKeyOrder("b", 2)).map(({ id, gseq }) => [id, gseq])).toEqual([["c", 1]]);
      const heads = await storeOf().read((tx) => tx.feed.heads([stream]));
      expect(heads.get(stream)?.rows).toEqual({ count: 3, sum: 3n });
      const carried = await storeOf().read((tx) => tx.feed.carried(stream, "cardKind", ["b", "gone", "never", "a"]));
      expect(carried).toEqual(new Set(["a", "b"]));
    });

    it("refuses to move a thing twice at once", async () => {
      const stream = newId();
      await expect(advance(moveOf(stream, "a", 1), moveOf(stream, "a", 2))).rejects.toThrow("a second time");
      expect(await rows(stream, 0, 9)).toEqual([]);
    });

    it("gives numbers in the order in which transactions end, without a hole", async () => {
      const stream = newId();
      const many = Array.from({ length: 8 }, (_, i) => advance(moveOf(stream, `${i}`, 1)));
      const failing = storeOf().write(async (tx) => {
        await tx.feed.advance([moveOf(stream, "never", 1)], 1);
        throw new Error("the work failed");
      });
      await expect(failing).rejects.toThrow("the work failed");
      const numbers = (await Promise.all(many)).flat();
      expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });
}
