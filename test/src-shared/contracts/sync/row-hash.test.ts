import { expect, it } from "vitest";
import { z } from "zod";
import { sha256 } from "#main/db/sha256.ts";
import { feedRecords } from "#shared/contracts/sync/feed.ts";
import { makeHashRow } from "#shared/contracts/sync/row-hash.ts";

const hashRow = makeHashRow(sha256, Buffer.alloc(32, 3));
const hashOf = (doc: unknown): bigint => hashRow({ kind: "member", id: "1", ver: 1, doc });

it("a row is the same whatever the order of its fields, and whether a field says nothing or is left out", () => {
  const row = { name: "王小明", tags: ["a", "b"], at: { branch: "A", points: 5 } };
  expect(hashOf({ at: { points: 5, branch: "A" }, tags: ["a", "b"], name: "王小明" })).toBe(hashOf(row));
  expect(hashOf({ ...row, blockedOn: null, held: 0, address: "", setAside: [], isOpen: false })).toBe(hashOf(row));
});

it.each([
  ["a letter", { name: "ab" }, { name: "ac" }],
  ["a number and its text", { name: 1 }, { name: "1" }],
  ["where one field ends and the next begins", { a: "x", b: "y" }, { a: `x,b:1"y` }],
  ["the order of a list", { tags: ["a", "b"] }, { tags: ["b", "a"] }],
  ["one of a list or two", { tags: ["a,b"] }, { tags: ["a", "b"] }],
])("a row is another by %s", (_what, one, other) => {
  expect(hashOf(one)).not.toBe(hashOf(other));
});

it("a row is another in another version, of another kind, and to whoever has another key", () => {
  const row = { kind: "member", id: "1", ver: 1, doc: { name: "王小明" } };
  const others = [hashRow({ ...row, ver: 2 }), hashRow({ ...row, kind: "card" }), hashRow({ ...row, id: "2" })];
  expect(new Set([hashRow(row), ...others, makeHashRow(sha256, Buffer.alloc(32, 4))(row)]).size).toBe(5);
});

it("what a record of the feed did not say yet when it was written means nothing, so that both sides hash it alike", () => {
  const saidByDefault = Object.entries(feedRecords).flatMap(([kind, record]) => {
    const { properties = {} } = z.toJSONSchema(record, { unrepresentable: "any" }) as {
      properties?: Record<string, { default?: unknown }>;
    };
    return Object.entries(properties).flatMap(([field, { default: said }]) =>
      said === undefined || hashOf({ [field]: said }) === hashOf({}) ? [] : [`${kind}.${field}`],
    );
  });
  // Kinds of cards are written whole with every change, and what was published before hashes were kept is hashed as it is read.
  expect(saidByDefault).toEqual(["cardKind.media"]);
});
