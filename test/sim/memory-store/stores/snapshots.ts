import type { Snapshot, SnapshotStore } from "#server/app/ports/snapshot-store.ts";
import type { Tables } from "../tables.ts";

/** The one that is handed out, and the one before it. */
const keptPerStream = 2;

export function makeSnapshotStore({ snapshots, snapshotChunks }: Tables): SnapshotStore {
  const remove = (snapshotId: string): void => {
    snapshots.remove(snapshotId);
    for (const held of snapshotChunks.all()) if (held.snapshotId === snapshotId) snapshotChunks.remove(`${snapshotId} ${held.chunk}`);
  };
  const newestFirst = (stream: string, epoch?: number): readonly Snapshot[] =>
    snapshots
      .all()
      .flatMap((held) => (held.stream === stream && (epoch === undefined || held.epoch === epoch) ? (held.made ?? []) : []))
      .toSorted((a, b) => b.madeAtMs - a.madeAtMs || b.gseq - a.gseq);
  return {
    async newest(stream, epoch) {
      return newestFirst(stream, epoch)[0];
    },
    async begin(begun, stuckBeforeMs) {
      const open = snapshots.all().filter(({ stream, made }) => stream === begun.stream && !made);
      for (const { snapshotId, begunAtMs } of open) if (begunAtMs < stuckBeforeMs) remove(snapshotId);
      if (open.some(({ begunAtMs }) => begunAtMs >= stuckBeforeMs)) return false;
      snapshots.insert(begun);
      return true;
    },
    async addChunk(snapshotId, chunk, bytes) {
      if (snapshots.get(snapshotId)) snapshotChunks.insert({ snapshotId, chunk, bytes });
    },
    async publish(made) {
      const begun = snapshots.get(made.snapshotId);
      if (!begun) return false;
      snapshots.put({ ...begun, made });
      for (const { snapshotId } of newestFirst(begun.stream).slice(keptPerStream)) remove(snapshotId);
      return true;
    },
    async chunk(snapshotId, chunk) {
      return snapshotChunks.get(`${snapshotId} ${chunk}`)?.bytes;
    },
    async remove(snapshotId) {
      remove(snapshotId);
    },
    async removeAll() {
      for (const { snapshotId } of snapshots.all()) remove(snapshotId);
    },
  };
}
