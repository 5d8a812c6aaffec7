import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HashedFeedRow } from "#server/app/ports/feed-store.ts";
import { openChunks, openSnapshotFile } from "#server/snapshots/snapshot-file.ts";
import { streams, type DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import { makeHashRow } from "#shared/contracts/sync/row-hash.ts";
import { sha256 } from "#main/db/sha256.ts";
import { directoryKey } from "./counter.ts";
import { chunkBytes, type SnapshotManifest } from "#shared/contracts/sync/snapshot.ts";
import type { AliasRecord } from "#shared/domain/members/alias.ts";
import type { ChunkShelf } from "#main/app/ports/takeover.ts";

/** Opens the chunks of the snapshots that tests make. */
export const snapshotKey = Buffer.alloc(32, 9);

export const directoryRow = (n: number, nameMasked = "王**"): DirectoryRecord => ({
  memberId: `01931b66-7a00-7000-8000-${String(n).padStart(12, "0")}`,
  memberNumber: `M${n}`,
  nameMasked,
  state: "active",
  homeBranch: "branch-b",
  phone: { last4: "0000", tag: "abc" },
  cards: [{ hash: String(n).padStart(32, "0"), last4: "0001", cardKind: "main", state: "active", blockedReason: null }],
});

/** Lays a snapshot of such a directory on a shelf, as head office would have made and a station fetched it. */
export function snapshotOf(
  shelf: ChunkShelf,
  directory: readonly DirectoryRecord[],
  aliases: readonly AliasRecord[] = [],
): SnapshotManifest {
  const folder = mkdtempSync(join(tmpdir(), "snapshot-of-"));
  const path = join(folder, "snapshot.db");
  const snapshotId = "01931b66-7a00-4000-8000-000000000001";
  const rows = [
    ...directory.map((doc) => ({ kind: "directory", id: doc.memberId, doc })),
    ...aliases.map((doc) => ({ kind: "alias", id: doc.memberId, doc })),
  ] as const;
  const file = openSnapshotFile(path);
  const hashRow = makeHashRow(sha256, directoryKey);
  file.add(rows.map((row, i): HashedFeedRow => ({ ...row, gseq: i + 1, ver: 1, deleted: false, hash: hashRow({ ...row, ver: 1 }) })));
  file.finish();
  const sealed = openChunks(path, snapshotId, snapshotKey);
  const chunks = Array.from({ length: Math.ceil(sealed.fileBytes / chunkBytes) }, (_, i) => {
    const bytes = sealed.chunk(i);
    shelf.keep(i, bytes);
    return createHash("sha256").update(bytes).digest("hex");
  });
  sealed.close();
  rmSync(folder, { recursive: true });
  const made = { gseq: rows.length, rows: rows.length, madeAtMs: 0, fileBytes: sealed.fileBytes, chunks };
  return { v: 1, snapshotId, serverId: "server", serverEpoch: 1, stream: streams.directory, ...made };
}
