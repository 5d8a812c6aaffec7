import { sha256 } from "#server/app/sha256.ts";
import { streams, type DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import { bucketSums, leavesOf, placesThatDiffer } from "#shared/contracts/sync/leaf-sums.ts";
import { addHashes, leafOf, type HashRow, type RowHash, type RowSum } from "#shared/contracts/sync/row-hash.ts";
import { hashText, packSums, toWireSum, unpackSums } from "#shared/contracts/sync/wire-sums.ts";
import type { PullFrame, RepairReply, RepairRequest } from "#shared/contracts/sync/wire.ts";

type Directory = { readonly members: number; readonly member: (n: number) => DirectoryRecord; readonly hashRow: HashRow };

/** What head office answers a station that compares its directory, from the same rows as the file it gave. */
export function makeRepairAnswers({ members, member, hashRow }: Directory) {
  const rowOf = (n: number) => {
    const doc = member(n);
    return { kind: "directory", id: doc.memberId, ver: 1, doc };
  };
  const inLeaf = new Map<number, number[]>();
  const sums = new Map<number, RowHash>();
  let total: RowSum = { count: 0, sum: 0n };
  for (let n = 1; n <= members; n += 1) {
    const row = rowOf(n);
    const [leaf, hash] = [leafOf(sha256, row), hashRow(row)];
    inLeaf.set(leaf, [...(inLeaf.get(leaf) ?? []), n]);
    sums.set(leaf, addHashes(sums.get(leaf) ?? 0n, hash));
    total = { count: total.count + 1, sum: addHashes(total.sum, hash) };
  }

  return {
    pull: (serverTimeMs: number): readonly PullFrame[] => [
      { k: "hdr", serverEpoch: 1, serverTimeMs, serverHlc: "0".repeat(16) },
      { k: "cur", s: streams.directory, g: members, more: false, rows: toWireSum(total) },
      { k: "end" },
    ],
    repair: ({ question }: RepairRequest): RepairReply => {
      if (question.ask === "buckets") {
        const differing = placesThatDiffer(bucketSums(sums), unpackSums(question.sums));
        return { found: "buckets", buckets: differing.map((bucket) => ({ bucket, sums: packSums(leavesOf(sums, bucket)) })) };
      }
      const told = new Map(question.rows.map(({ id, h }) => [id, h]));
      const rows = question.leaves.flatMap((leaf) => (inLeaf.get(leaf) ?? []).map(rowOf));
      const otherwise = rows.filter((row) => told.get(row.id) !== hashText(hashRow(row)));
      return { found: "rows", rows: otherwise.map(({ kind, id, ver, doc }) => ({ e: kind, id, ver, d: doc })), gone: [] };
    },
  };
}
