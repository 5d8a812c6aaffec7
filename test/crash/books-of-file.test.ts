import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { uuidv7 } from "uuidv7";
import { clerk, openTestStation } from "#test/support/counter.ts";
import { faultsOf, readFileBooks, type FileBooks } from "./books-of-file.ts";
import { enterMembers, must } from "./found-company.ts";

/** A file with a member, a card, and an award of 30 points that may be spent there. */
async function fileBooks(): Promise<FileBooks> {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-books-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "station.db");
  const station = openTestStation({ file });
  enterMembers(station, 1);
  const [member] = station.ports.store.read((view) => view.members.all());
  const purchase = { receiptNumber: "1", amountFen: 3_000 };
  must(
    station.counter.award({ requestId: uuidv7(), memberId: member?.memberId ?? "", purchase, ruleId: "purchase", ruleVersion: 1 }, clerk),
  );
  const books = readFileBooks(station, file);
  await station.close();
  return books;
}

it("finds nothing wrong with a file that was written in peace", async () => {
  const books = await fileBooks();
  expect(books.operations.map(({ type }) => type)).toEqual(["member.create", "card.issue", "points.award"]);
  expect(books.entries.map(({ amount }) => amount)).toEqual([-30, 30]);
  expect(faultsOf(books)).toEqual([]);
});

it.each<[what: string, spoil: (books: FileBooks) => FileBooks, says: string]>([
  ["an operation that was lost", (books) => ({ ...books, operations: books.operations.toSpliced(1, 1) }), "the chain breaks at 3"],
  [
    "a byte that changed",
    (books) => ({
      ...books,
      operations: books.operations.map((op) => ({ ...op, body: op.body.map((byte, i) => byte ^ Number(i === 9)) })),
    }),
    "the chain breaks at 1",
  ],
  ["an operation without its entries", (books) => ({ ...books, entries: [] }), "operation 3 (points.award) has entries []"],
  ["half of the entries", (books) => ({ ...books, entries: books.entries.slice(1) }), "operation 3 (points.award) has entries ["],
  ["entries without an operation", (books) => ({ ...books, operations: books.operations.slice(0, 2) }), "entries without an operation"],
  ["a right that its entries do not explain", (books) => ({ ...books, rights: [] }), "0 held, 30 by its entries"],
])("finds %s", async (_what, spoil, says) => {
  expect(faultsOf(spoil(await fileBooks())).join("\n")).toContain(says);
});
