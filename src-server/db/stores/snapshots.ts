import type { Snapshot, SnapshotStore } from "#server/app/ports/snapshot-store.ts";
import type { Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { closeSnapshotKey, openSnapshotKey } from "#server/db/sealing/sealed-keys.ts";

/** The one that is handed out, and the one before it. */
const keptPerStream = 2;

export function makeSnapshotStore(query: Query, seal: Seal): SnapshotStore {
  const remove = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await query(`delete from snapshot_chunk where snapshot_id = any ($1::uuid[])`, [ids]);
    await query(`delete from snapshot where snapshot_id = any ($1::uuid[])`, [ids]);
  };
  const idsOf = (rows: readonly { readonly snapshotId: string }[]): readonly string[] => rows.map(({ snapshotId }) => snapshotId);
  return {
    async newest(stream, epoch) {
      const [made] = await query<Snapshot>(
        `select snapshot_id as "snapshotId", gseq, made_at_ms as "madeAtMs", manifest, signature, key from snapshot
         where stream = $1 and epoch = $2 and made_at_ms is not null order by made_at_ms desc, gseq desc limit 1`,
        [stream, epoch],
      );
      return made && { ...made, key: openSnapshotKey(seal, made.snapshotId, made.key) };
    },
    async begin({ snapshotId, stream, epoch, begunAtMs }, stuckBeforeMs) {
      const stuck = await query<{ snapshotId: string }>(
        `select snapshot_id as "snapshotId" from snapshot where stream = $1 and made_at_ms is null and begun_at_ms < $2`,
        [stream, stuckBeforeMs],
      );
      await remove(idsOf(stuck));
      const begun = await query(
        `insert into snapshot (snapshot_id, stream, epoch, begun_at_ms)
         select $1, $2, $3, $4 where not exists (select 1 from snapshot where stream = $2 and made_at_ms is null) returning 1`,
        [snapshotId, stream, epoch, begunAtMs],
      );
      return begun.length > 0;
    },
    async addChunk(snapshotId, chunk, bytes) {
      await query(
        `insert into snapshot_chunk (snapshot_id, chunk, bytes)
         select $1, $2, $3 where exists (select 1 from snapshot where snapshot_id = $1 for share)`,
        [snapshotId, chunk, bytes],
      );
    },
    async publish({ snapshotId, gseq, madeAtMs, manifest, signature, key }) {
      const [published] = await query<{ stream: string }>(
        `update snapshot set gseq = $2, made_at_ms = $3, manifest = $4, signature = $5, key = $6 where snapshot_id = $1 returning stream`,
        [snapshotId, gseq, madeAtMs, manifest, signature, closeSnapshotKey(seal, snapshotId, key)],
      );
      if (!published) return false;
      const older = await query<{ snapshotId: string }>(
        `select snapshot_id as "snapshotId" from snapshot where stream = $1 and made_at_ms is not null
         order by made_at_ms desc, gseq desc offset $2`,
        [published.stream, keptPerStream],
      );
      await remove(idsOf(older));
      return true;
    },
    async chunk(snapshotId, chunk) {
      const [found] = await query<{ bytes: Uint8Array }>(`select bytes from snapshot_chunk where snapshot_id = $1 and chunk = $2`, [
        snapshotId,
        chunk,
      ]);
      return found?.bytes;
    },
    remove: (snapshotId) => remove([snapshotId]),
    async removeAll() {
      // Rows first and locked: what is being made meanwhile finds that it has gone.
      await query(`delete from snapshot`);
      await query(`delete from snapshot_chunk`);
    },
  };
}
