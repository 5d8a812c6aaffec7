import { expect, it } from "vitest";
import { verifyWords } from "#main/shell/cli/verify-words.ts";

const said = (...tables: readonly string[]): string =>
  verifyWords({ ok: tables.length === 0, damaged: tables.map((table) => ({ table, id: "mirror" })) }).join("\n");

it("has nothing to say of books and a journal that hold", () => {
  expect(said()).toBe("");
});

it("says what to do about books, a journal that is away, and one with holes, each by itself and all together", () => {
  expect(said("operation", "lot")).toMatch(/^The books do not hold: .*`station rebuild`[^\n]*$/);
  expect(said("journal")).toMatch(/^There is no mirror journal in mirror: put the volume back[^\n]*$/);
  expect(said("journal.missing", "journal.missing", "journal.differs", "journal.file")).toMatch(
    /^The mirror journal lacks 2 operations, has 1 with other bytes, and 1 of its files cannot be read whole\. [^\n]*move the journal's folder aside[^\n]*$/,
  );
  expect(said("feed.member", "feed.card")).toMatch(/^2 rows are not as head office told them: [^\n]*exchange[^\n]*$/);
  expect(said("operation", "feed.member", "journal", "journal.missing").split("\n")).toHaveLength(4);
});
