import type { RowHash, RowSum } from "./row-hash.ts";

const digits = 16;

/** A hash, or a sum of hashes, as it travels: 16 hexadecimal digits. */
export const hashText = (hash: RowHash): string => hash.toString(16).padStart(digits, "0");

export const toWireSum = ({ count, sum }: RowSum): { readonly count: number; readonly sum: string } => ({ count, sum: hashText(sum) });

/** Sums in a row, and back. */
export const packSums = (sums: readonly RowHash[]): string => sums.map(hashText).join("");
export const unpackSums = (packed: string): readonly RowHash[] =>
  Array.from({ length: packed.length / digits }, (_, i) => BigInt(`0x${packed.slice(i * digits, (i + 1) * digits)}`));
