import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { missedIdOf, toldRow, type MissedRow } from "./missed-row.ts";

const epoch = z.int().positive();
const replica = z.int().positive();
const itself = { kind: "headOffice", id: "books" };

/** Head office's books are those of an older copy: its streams are numbered anew, and no rights are granted until it is whole again. */
export const booksPutBack = declareOperation({
  type: "books.put_back",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ epoch, /** The station that had heard more; null where a person said so. */ shownBy: replica.nullable() }),
  entity: () => itself,
  memberId: () => null,
  effects: () => [],
});

/** Rights are granted again: every station was heard, or a person goes on without those that were not. */
export const booksWhole = declareOperation({
  type: "books.whole",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ epoch, /** Stations that have not said what they have. */ without: z.array(replica) }),
  entity: () => itself,
  memberId: () => null,
  effects: () => [],
});

/** A station told of a row that head office has not, or has only in an older version. The name of the row may be a person's. */
export const rowMissed = declareOperation({
  type: "row.missed",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: toldRow.omit({ name: true }).extend({ replica }),
  personal: z.strictObject({ salt: z.string(), name: toldRow.shape.name }),
  entity: (d) => ({ kind: "missedRow", id: missedIdOf(d) }),
  memberId: () => null,
  effects: ({ personal, body: { at, d } }) => {
    const { replica: toldBy, ...row } = d;
    const fields: MissedRow = { ...row, name: personal?.name ?? "", toldBy, toldAtMs: at, state: "open", closedBy: null };
    return [{ kind: "putRecord", record: "missedRow", id: missedIdOf(d), fields }];
  },
});

/** What is missing was done once more, or is not needed. */
export const rowClosed = declareOperation({
  type: "row.close",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: toldRow.pick({ kind: true, id: true }),
  entity: (d) => ({ kind: "missedRow", id: missedIdOf(d) }),
  memberId: () => null,
  effects: ({ body: { by, d } }) => [
    { kind: "putRecord", record: "missedRow", id: missedIdOf(d), fields: { state: "closed", closedBy: by } },
  ],
});
