import type { SyncRefusal } from "#server/app/head-office.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Snapshots } from "#server/app/snapshots/make-snapshots.ts";
import type { SnapshotChunkRequest, SnapshotReply, SnapshotRequest } from "#shared/contracts/sync/snapshot.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/** Tells a station that is far behind of which snapshot it may begin. */
export const makeSnapshot =
  (ports: Ports, snapshots: Snapshots) =>
  async (token: string, request: SnapshotRequest): Promise<Result<SnapshotReply, SyncRefusal>> => {
    const { speaker, epoch } = await ports.store.read(async (tx) => ({
      speaker: await identifySpeaker(tx, ports, token, request),
      epoch: (await tx.recovery.state()).epoch,
    }));
    if (!speaker.ok) return speaker;
    if (request.serverEpoch !== epoch) return refuse(409, "EPOCH_CHANGED", { serverEpoch: epoch });
    const made = await snapshots.ask(request.stream);
    if (made === undefined) return ok({ state: "none" });
    if (made === "making") return ok({ state: "making" });
    const { manifest, signature, key } = made;
    return ok({ state: "made", manifest, signature: toBase64(signature), key: toBase64(key) });
  };

/** A piece of it. All stations see the same, so there is nothing to choose by who asks. */
export const makeSnapshotChunk =
  (ports: Ports, snapshots: Snapshots) =>
  async (token: string, request: SnapshotChunkRequest): Promise<Result<Uint8Array, SyncRefusal>> => {
    const speaker = await ports.store.read((tx) => identifySpeaker(tx, ports, token, request));
    if (!speaker.ok) return speaker;
    const bytes = await snapshots.chunk(request.snapshotId, request.chunk);
    return bytes ? ok(bytes) : refuse(404, "SNAPSHOT_GONE");
  };

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
