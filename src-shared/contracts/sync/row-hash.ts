import type { Sha256 } from "#shared/domain/operations/encode.ts";

/** First eight bytes of a digest, as a number below 2^64. */
export type RowHash = bigint;

/** How many rows there are, and the sum of their hashes modulo 2^64: two sides with the same pair have the same rows. */
export type RowSum = { readonly count: number; readonly sum: RowHash };
export const noRows: RowSum = { count: 0, sum: 0n };

export const addHashes = (a: RowHash, b: RowHash): RowHash => BigInt.asUintN(64, a + b);

export type RowKey = { readonly kind: string; readonly id: string };
export type HashedRow = RowKey & { readonly ver: number; readonly doc: unknown };
export type HashRow = (row: HashedRow) => RowHash;

const encoder = new TextEncoder();

/**
 * What head office and a station compare a row of the feed by: the first eight bytes of SHA-256 over the directory key, kind, id, version and
 * contents.
 *
 * The key, which only the company has, makes the hash worth nothing to whoever copies head office's database: names and phones are sealed there,
 * and a plain hash of so little could be tried until it fits.
 */
export function makeHashRow(sha256: Sha256, directoryKey: Uint8Array): HashRow {
  return ({ kind, id, ver, doc }) => {
    const digest = sha256(directoryKey, encoder.encode(`${kind}\n${id}\n${ver}\n${saidIn(doc)}`));
    return new DataView(digest.buffer, digest.byteOffset, 8).getBigUint64(0);
  };
}

/** Which of the 65,536 leaves of a stream a row lies in, whatever it says: the first two bytes of SHA-256(`kind/id`). */
export function leafOf(sha256: Sha256, { kind, id }: RowKey): number {
  const [high = 0, low = 0] = sha256(encoder.encode(`${kind}/${id}`));
  return high * leavesInBucket + low;
}

/** A stream has so many buckets, and each of them so many leaves. */
export const bucketsOfStream = 256;
export const leavesInBucket = 256;

/**
 * Contents as one text, the same for the same contents: keys in one order, and lengths where a text could hold anything. A field that says nothing
 * (null, 0, false, an empty text or list) is as good as one that is left out: so a row from before a field was told is the row that a newer
 * version makes of it.
 */
function saidIn(value: unknown): string {
  if (typeof value === "string") return `${value.length}"${value}`;
  if (Array.isArray(value)) return `[${value.map(saidIn).join()}]`;
  if (typeof value !== "object" || value === null) return String(value);
  let text = "{";
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields).toSorted()) {
    const field = fields[key];
    if (saysSomething(field)) text += `${key}:${saidIn(field)},`;
  }
  return `${text}}`;
}

const saysSomething = (field: unknown): boolean => Boolean(field) && !(Array.isArray(field) && field.length === 0);
