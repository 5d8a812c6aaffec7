import { createDecipheriv, createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Fault } from "#main/app/ports/fault.ts";
import { chunkBytes, chunkPlace, chunkSeal, type SnapshotManifest } from "#shared/contracts/sync/snapshot.ts";
import { chunkFile } from "./places.ts";

/**
 * Opens the chunks of a snapshot and joins them to the file that head office made, for its owner alone.
 *
 * @throws Fault `STORAGE_DAMAGED` when a chunk is not the one that the manifest names; what the cipher or the disk says
 */
export function unpack({ snapshotId, chunks, fileBytes }: SnapshotManifest, key: Uint8Array, folder: string, to: string): void {
  const opened = openSync(to, "wx", 0o600);
  try {
    let written = 0;
    for (const [chunk, digest] of chunks.entries()) {
      const sealed = readFileSync(chunkFile(folder, chunk));
      if (createHash("sha256").update(sealed).digest("hex") !== digest) throw damaged();
      const pages = openChunk(sealed, snapshotId, chunk, key);
      for (let at = 0; at < pages.length;) at += writeSync(opened, pages, at);
      written += pages.length;
    }
    if (written !== fileBytes) throw damaged();
  } finally {
    closeSync(opened);
  }
}

function openChunk(sealed: Uint8Array, snapshotId: string, chunk: number, key: Uint8Array): Uint8Array {
  const { algorithm, nonceBytes, tagBytes } = chunkSeal;
  const packedAt = nonceBytes + tagBytes;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(chunkPlace(snapshotId, chunk))
    .setAuthTag(sealed.subarray(nonceBytes, packedAt));
  const packed = Buffer.concat([decipher.update(sealed.subarray(packedAt)), decipher.final()]);
  return gunzipSync(packed, { maxOutputLength: chunkBytes });
}

const damaged = (): Fault => new Fault("STORAGE_DAMAGED", { message: "The snapshot is not the one that head office signed." });
