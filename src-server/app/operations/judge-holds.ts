import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { pointsCancel, pointsConfirm } from "#shared/domain/redemption/hold-ops.ts";
import { holdRecord } from "#shared/domain/redemption/hold.ts";
import { sameJson } from "#shared/std/json.ts";
import type { Books } from "./books.ts";

const endingOf = (operation: Operation) => dataOf(operation, pointsConfirm) ?? dataOf(operation, pointsCancel);

/**
 * A hold is ended once, by the life that holds it, and as it was made. One that head office gave back may have been carried out all the same:
 * its end is heard, like all that a life did before it knew.
 */
export function isNotTheirHold(operation: Operation, { records }: Pick<Books, "records">): boolean {
  const ending = endingOf(operation);
  const record = ending && records.find("hold", ending.holdId);
  if (!ending || !record) return ending !== undefined;
  const hold = holdRecord.parse(record.doc);
  const isTheirs = hold.heldBy === operation.incarnation && hold.memberId === ending.memberId;
  return (hold.state !== "held" && hold.state !== "givenBack") || !isTheirs || !sameJson(hold.lines, ending.lines);
}

/** It ends a hold without an answer of whoever was asked: somebody found out, and that takes a supervisor. */
export const isByWordOfMouth = (operation: Operation): boolean => endingOf(operation)?.saidBy.by === "person";
