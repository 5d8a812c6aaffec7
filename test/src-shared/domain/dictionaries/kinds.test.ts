import { describe, expect, it } from "vitest";
import { dictionaryKinds, entriesOf, type DictionaryEntry } from "#shared/domain/dictionaries/kinds.ts";

const lost: DictionaryEntry = {
  kind: "cardBlockReason",
  code: "lost",
  name: { "zh-CN": "丢了", "en-US": "Gone" },
  position: 99,
  isActive: false,
};

describe("a dictionary (Z-06)", () => {
  it.each(dictionaryKinds)("%s has choices before anybody has set one", (kind) => {
    expect(entriesOf(kind, []).filter(({ isActive }) => isActive).length).toBeGreaterThan(0);
  });

  it("shows what head office has set in the place of what it began with, and the rest as it was", () => {
    const entries = entriesOf("cardBlockReason", [lost]);
    expect(entries.map(({ code }) => code)).toEqual(["stolen", "damaged", "misused", "lost"]);
    expect(entries.at(-1)).toEqual(lost);
  });

  it("has nothing of another kind", () => {
    expect(entriesOf("undoReason", [lost]).some(({ code }) => code === "lost")).toBe(false);
  });
});
