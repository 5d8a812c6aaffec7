import type { RowHash } from "#shared/contracts/sync/row-hash.ts";

/** PostgreSQL's numbers of eight bytes have a sign; as text, since not all of them are whole numbers to JavaScript. */
export const asSigned = (hash: RowHash): string => String(BigInt.asIntN(64, hash));

/** @param sum of hashes, with their signs, as text */
export const fromSigned = (sum: string): RowHash => BigInt.asUintN(64, BigInt(sum));
