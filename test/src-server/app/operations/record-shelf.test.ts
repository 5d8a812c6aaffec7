import { describe, expect, it } from "vitest";
import { makeJournal } from "#server/app/operations/journal.ts";
import { makeRecordShelf } from "#server/app/operations/record-shelf.ts";

const at = (effHlc: string, replica = 1) => ({ effHlc: effHlc.padStart(16, "0"), replica });
const key = { kind: "member", id: "m" } as const;

describe("edits of one record from several places", () => {
  it.each([[["1", "2"]], [["2", "1"]]])("keeps for each field the later edit, whichever arrives first (%s)", (order) => {
    const shelf = makeRecordShelf([], makeJournal());
    for (const clock of order) {
      shelf.merge(key, clock === "1" ? { address: "old", birthday: "1" } : { address: "new" }, at(clock));
    }
    expect(shelf.find("member", "m")?.doc).toEqual({ address: "new", birthday: "1" });
  });

  it("lets the higher station win when two clocks agree, so that every order ends the same", () => {
    const ends = [
      [1, 2],
      [2, 1],
    ].map((replicas) => {
      const shelf = makeRecordShelf([], makeJournal());
      for (const replica of replicas) shelf.merge(key, { address: `station ${replica}` }, at("5", replica));
      return shelf.find("member", "m")?.doc;
    });
    expect(ends).toEqual([{ address: "station 2" }, { address: "station 2" }]);
  });

  it("takes a name as it was judged, also from a counter whose clock is behind", () => {
    const shelf = makeRecordShelf([], makeJournal());
    shelf.merge(key, { name: "王晓明" }, at("9"));
    shelf.merge(key, { name: "王小敏" }, at("2"));
    expect(shelf.find("member", "m")?.doc).toEqual({ name: "王小敏" });
  });

  it.each(["request", "proposal", "hold", "recall"] as const)(
    "takes the steps of a %s as they arrive, also from a counter whose clock is behind",
    (kind) => {
      const shelf = makeRecordShelf([], makeJournal());
      const moving = { kind, id: "r" };
      shelf.merge(moving, { state: "sent" }, at("9", 0));
      shelf.merge(moving, { state: "done" }, at("2", 1));
      expect(shelf.find(kind, "r")?.doc).toEqual({ state: "done" });
    },
  );

  it("grows by one version, however often a transaction touches it, and not at all when nothing changed", () => {
    const stored = { ...key, doc: { name: "a" }, fieldClock: { name: "" }, ver: 7 };
    const shelf = makeRecordShelf([stored], makeJournal());
    shelf.replace(key, { name: "a" });
    expect(shelf.changed()).toEqual([]);
    shelf.merge(key, { name: "b" }, at("1"));
    shelf.merge(key, { name: "c" }, at("2"));
    expect(shelf.changed()).toMatchObject([{ doc: { name: "c" }, ver: 8 }]);
  });

  it("finds a member by the number, and no more once the operation that made the member is taken back", () => {
    const journal = makeJournal();
    const shelf = makeRecordShelf([{ ...key, doc: { memberNumber: "A-1" }, fieldClock: {}, ver: 1 }], journal);
    const before = journal.mark();
    shelf.merge({ kind: "member", id: "n" }, { memberNumber: "A-2" }, at("1"));
    expect(["A-1", "A-2"].map((memberNumber) => shelf.memberNumbered(memberNumber)?.id)).toEqual(["m", "n"]);
    journal.rollBack(before);
    expect(["A-1", "A-2"].map((memberNumber) => shelf.memberNumbered(memberNumber)?.id)).toEqual(["m", undefined]);
  });

  it("is as it was when the operation is taken back", () => {
    const journal = makeJournal();
    const shelf = makeRecordShelf([{ ...key, doc: { name: "a" }, fieldClock: {}, ver: 1 }], journal);
    const before = journal.mark();
    shelf.merge(key, { name: "b" }, at("1"));
    shelf.merge({ kind: "member", id: "other" }, { name: "x" }, at("1"));
    journal.rollBack(before);
    expect([shelf.find("member", "m")?.doc, shelf.find("member", "other"), shelf.changed()]).toEqual([{ name: "a" }, undefined, []]);
  });
});
