import { newId } from "#server/app/ids.ts";
import { signBytes } from "#server/app/keys.ts";
import type { HashedFeedRow } from "#server/app/ports/feed-store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { BeginDraft, SnapshotDraft } from "#server/app/ports/snapshot-draft.ts";
import type { Snapshot } from "#server/app/ports/snapshot-store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { chunkBytes, chunkSeal, manifestBytes, rowsWorthASnapshot, type SnapshotManifest } from "#shared/contracts/sync/snapshot.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { toHex } from "#shared/std/bytes.ts";

export type SnapshotPlan = {
  readonly beginDraft: BeginDraft;
  /** Shorter streams have none; fewer only in tests. */
  readonly fromRows?: number | undefined;
};

export type Snapshots = ReturnType<typeof makeSnapshots>;

const rowsAtOnce = 2_000;
/** A process that has been at one for so long is gone. */
const stuckAfterMs = 60 * 60 * 1000;
/** The streams that are long enough to have them; the others are short, and read by rows behind the snapshot. */
const streamsWithSnapshots: readonly string[] = [streams.directory];

/** Makes snapshots of long streams: one whenever a station needs it and there is none, and from then on one each night. */
export function makeSnapshots({ store, machine, identity }: Ports, { beginDraft, fromRows = rowsWorthASnapshot }: SnapshotPlan) {
  let making: Promise<void> | undefined;
  let isStopped = false;

  async function isLong(stream: string): Promise<boolean> {
    const heads = await store.read((tx) => tx.feed.heads([stream]));
    return (heads.get(stream)?.rows.count ?? 0) >= fromRows;
  }

  /** One at a time in this process. */
  const make = (stream: string): Promise<void> => (making ??= makeOne(stream).finally(() => (making = undefined)));

  async function makeOne(stream: string): Promise<void> {
    const snapshotId = newId(machine);
    const begunAtMs = machine.clock.nowMs();
    const isOurs = await store.write(async (tx) => {
      const { epoch } = await tx.recovery.state();
      return tx.snapshots.begin({ snapshotId, stream, epoch, begunAtMs }, begunAtMs - stuckAfterMs);
    });
    if (!isOurs) return;
    try {
      const draft = await beginDraft();
      try {
        await makeFrom(draft, snapshotId, stream);
      } finally {
        await draft.discard();
      }
    } catch (cause) {
      await store.write((tx) => tx.snapshots.remove(snapshotId));
      throw cause;
    }
  }

  async function makeFrom(draft: SnapshotDraft, snapshotId: string, stream: string): Promise<void> {
    const { gseq, rows, serverEpoch } = await fill(draft, stream);
    const key = machine.random(chunkSeal.keyBytes);
    const { fileBytes } = await draft.finish(snapshotId, key);
    const chunks: string[] = [];
    for (let chunk = 0; chunk * chunkBytes < fileBytes; chunk += 1) {
      refuseWhenStopped();
      const bytes = await draft.chunk(chunk);
      chunks.push(toHex(sha256(bytes)));
      await store.write((tx) => tx.snapshots.addChunk(snapshotId, chunk, bytes));
    }
    const { serverId } = identity;
    const madeAtMs = machine.clock.nowMs();
    const manifest: SnapshotManifest = { v: 1, snapshotId, serverId, serverEpoch, stream, gseq, rows, madeAtMs, fileBytes, chunks };
    const text = JSON.stringify(manifest);
    const signature = signBytes(identity.privateKey, manifestBytes(text));
    const isOut = await store.write((tx) => tx.snapshots.publish({ snapshotId, gseq, madeAtMs, manifest: text, signature, key }));
    // Somebody was forgotten while it was made: their row may be in it.
    if (!isOut) throw new Error("the snapshot was taken away while it was made");
    machine.log("snapshotMade", { stream, gseq, rows, chunks: chunks.length });
  }

  /** Everything in one transaction: what is read of the stream is what it was at its number. */
  async function fill(draft: SnapshotDraft, stream: string): Promise<Pick<SnapshotManifest, "gseq" | "rows" | "serverEpoch">> {
    return store.read(async (tx) => {
      const { epoch: serverEpoch } = await tx.recovery.state();
      const gseq = (await tx.feed.heads([stream])).get(stream)?.gseq ?? 0;
      let rows = 0;
      for (let last: HashedFeedRow | null = null; ;) {
        refuseWhenStopped();
        const some: readonly HashedFeedRow[] = await tx.feed.inKeyOrder(stream, last, rowsAtOnce);
        await draft.add(some);
        rows += some.length;
        last = some.at(-1) ?? null;
        if (some.length < rowsAtOnce) return { gseq, rows, serverEpoch };
      }
    });
  }

  function refuseWhenStopped(): void {
    if (isStopped) throw new Error("head office is closing");
  }

  const newest = (stream: string): Promise<Snapshot | undefined> =>
    store.read(async (tx) => tx.snapshots.newest(stream, (await tx.recovery.state()).epoch));

  return {
    /** One for a station that is far behind: made now where there is none, which takes longer than anybody waits. */
    async ask(stream: string): Promise<Snapshot | "making" | undefined> {
      if (!streamsWithSnapshots.includes(stream)) return undefined;
      const made = await newest(stream);
      if (made) return made;
      if (!(await isLong(stream))) return undefined;
      make(stream).catch((cause: unknown) => {
        machine.log("snapshotFailed", { stream, error: cause instanceof Error ? cause.message : "unknown" });
      });
      return "making";
    },
    chunk: (snapshotId: string, chunk: number): Promise<Uint8Array | undefined> =>
      store.read((tx) => tx.snapshots.chunk(snapshotId, chunk)),
    /** The first time that it is called after the business day has turned: where stations have asked, there is one of this day afterwards. */
    async makeWhenDue(): Promise<void> {
      await making?.catch(() => undefined);
      const today = businessDateOf(machine.clock.nowMs());
      for (const stream of streamsWithSnapshots) {
        const made = await newest(stream);
        if (made && businessDateOf(made.madeAtMs) !== today && (await isLong(stream))) await make(stream);
      }
    },
    stop: async (): Promise<void> => {
      isStopped = true;
      await making?.catch(() => undefined);
    },
  };
}
