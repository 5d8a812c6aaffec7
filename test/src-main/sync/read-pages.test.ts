import { describe, expect, it } from "vitest";
import { inPieces, type FeedPage } from "#main/sync/read-pages.ts";

const page = (...numbers: readonly number[]): FeedPage => ({
  cursor: { k: "cur", s: "dir", g: 9, more: false },
  rows: numbers.map((g) => ({ k: "del", s: "dir", g, e: "directory", id: String(g), ver: 1 })),
});
const asNumbers = (pieces: readonly FeedPage[]) =>
  pieces.map(({ cursor: { g, more }, rows }) => ({ rows: rows.map((row) => row.g), g, more }));

describe("a long page", () => {
  it("comes in pieces, each with the cursor of its last row, and the last one with the page's own", () => {
    expect(asNumbers(inPieces(page(1, 3, 4, 6, 8), 2))).toEqual([
      { rows: [1, 3], g: 3, more: true },
      { rows: [4, 6], g: 6, more: true },
      { rows: [8], g: 9, more: false },
    ]);
  });

  it("has no empty piece where its rows come out even", () => {
    expect(asNumbers(inPieces(page(1, 2, 3, 4), 2))).toEqual([
      { rows: [1, 2], g: 2, more: true },
      { rows: [3, 4], g: 9, more: false },
    ]);
  });

  it("stays whole when its rows are in no order, since no cursor could stand between them", () => {
    expect(asNumbers(inPieces(page(1, 4, 3), 2))).toEqual([{ rows: [1, 4, 3], g: 9, more: false }]);
  });

  it("stays as it is when it is short or empty", () => {
    expect(inPieces(page(1, 2), 2)).toEqual([page(1, 2)]);
    expect(inPieces(page())).toEqual([page()]);
  });
});
