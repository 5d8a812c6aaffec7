import { addHashes, bucketsOfStream, leavesInBucket, type RowHash } from "./row-hash.ts";

/** By leaf, the sum of the hashes of the rows in it; one that is not named has none. */
export type LeafSums = ReadonlyMap<number, RowHash>;

/** What the buckets of a stream add up to, by the sums of their leaves. */
export function bucketSums(leaves: LeafSums): readonly RowHash[] {
  const sums = Array.from({ length: bucketsOfStream }, () => 0n);
  for (const [leaf, sum] of leaves) {
    const bucket = Math.floor(leaf / leavesInBucket);
    sums[bucket] = addHashes(sums[bucket] ?? 0n, sum);
  }
  return sums;
}

/** The sums of the leaves of one bucket, in order. */
export const leavesOf = (leaves: LeafSums, bucket: number): readonly RowHash[] =>
  Array.from({ length: leavesInBucket }, (_, i) => leaves.get(bucket * leavesInBucket + i) ?? 0n);

/** The places at which two sides have another sum. */
export const placesThatDiffer = (here: readonly RowHash[], there: readonly RowHash[]): readonly number[] =>
  here.flatMap((sum, place) => (sum === there[place] ? [] : [place]));
