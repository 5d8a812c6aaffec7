import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import { dataOf, type OperationType } from "#shared/domain/operations/declare.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import type { ActContext } from "./act-handler.ts";
import { namesOfStaff } from "./staff-names.ts";

/** `publishedBy` is null for whoever works at head office's own computer, without an account. */
type Facts = { readonly publishedAtMs: number; readonly publishedBy: string | null };

/**
 * Reads all versions that were ever published by operations of these types; from the operations, since they alone know who published a version,
 * and when.
 *
 * @returns gives those of one type, newest first
 */
export async function readPublished(
  { ports, tx }: Pick<ActContext, "ports" | "tx">,
  types: readonly Pick<OperationType, "type">[],
): Promise<<D extends object>(type: OperationType<D>) => (D & Facts)[]> {
  const operations = await tx.inbox.ownOfTypes(
    ports.identity.incarnation,
    types.map(({ type }) => type),
  );
  const read = operations.flatMap(readOwn).toReversed();
  const names = await namesOfStaff(
    tx,
    read.map(({ body }) => body.by),
  );
  return (type) =>
    read.flatMap((op) => {
      const d = dataOf(op, type);
      return d ? [{ ...d, publishedAtMs: op.body.at, publishedBy: names.get(op.body.by) ?? null }] : [];
    });
}

const readOwn = (stored: JudgedOperation) => {
  const operation = readBytes(stored, stored);
  return operation.ok ? [operation.value] : [];
};
