import type { TransactionRef } from "./operation.ts";

/** The most operations that one act may write as a linked group. */
export const groupMax = 9;

type Linked = { readonly transaction: TransactionRef | undefined };

/** Neighbours that name the same linked group stand together; everything else stands alone. */
export function linkedGroups<T extends Linked>(operations: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const op of operations) {
    const group = groups.at(-1);
    const id = op.transaction?.id;
    if (group && id !== undefined && group[0]?.transaction?.id === id) group.push(op);
    else groups.push([op]);
  }
  return groups;
}

/** All parts of the group are here. An operation by itself is whole. */
export const isWholeGroup = (group: readonly Linked[]): boolean =>
  group.every(({ transaction }) => (transaction?.of ?? 1) === group.length);
