import { linkSync, rmSync } from "node:fs";
import { streams } from "#shared/contracts/sync/feed.ts";
import type { SnapshotManifest } from "#shared/contracts/sync/snapshot.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Takeover } from "#main/app/ports/takeover.ts";
import { flushFile, moveWhole } from "#main/system/durable-file.ts";
import type { StationDatabase } from "../open-database.ts";
import { toStorageFault } from "../faults.ts";
import type { StandingStore } from "../standing-store.ts";
import { bringUpToDate } from "./bring-up-to-date.ts";
import type { BuildTask, SnapshotRow } from "./build-file.ts";
import { changedRows, forgetChanges, noteChanges } from "./changed-rows.ts";
import { makeChunkShelf, placesOf, removeDraft } from "./places.ts";

type Places = {
  readonly file: string;
  readonly key: Uint8Array;
  readonly migrationsFolder: string;
  /** Builds the file where no statement of the counter waits for it; see `buildFile`. */
  readonly build: (task: BuildTask) => Promise<readonly SnapshotRow[] | null>;
};
type Built = { readonly manifest: SnapshotManifest; readonly rows: readonly SnapshotRow[] };

/** Takes snapshots over into the file of an open store. What an attempt that was broken off left of a draft is removed. */
export function openTakeover(standing: StandingStore, { file, key, migrationsFolder, build }: Places): Takeover {
  const { chunks, draft, before } = placesOf(file);
  const shelf = makeChunkShelf(chunks);
  const sqlite = (): StationDatabase["sqlite"] => standing.database().sqlite;
  let built: Built | undefined;
  removeDraft(draft);

  function isOvertaken({ gseq, serverEpoch }: SnapshotManifest): boolean {
    const { epoch, cursor } = standing.store.exchange((tx) => ({
      epoch: tx.identity()?.serverEpoch,
      cursor: tx.cursors()[streams.directory] ?? 0,
    }));
    return epoch !== serverEpoch || cursor >= gseq;
  }

  function discard(): void {
    built = undefined;
    forgetChanges(sqlite());
    removeDraft(draft);
  }

  return {
    chunks: shelf,
    build: async (manifest, chunkKey) => {
      noteChanges(sqlite());
      try {
        const rows = await build({ name: "snapshot", file, key, manifest, chunkKey });
        if (rows) built = { manifest, rows };
        else discard();
        return rows !== null;
      } catch (cause) {
        discard();
        throw cause;
      }
    },
    take: () => {
      if (!built || isOvertaken(built.manifest)) {
        discard();
        return "overtaken";
      }
      // The old file's log must never lie beside the new one.
      if (!intoOneFile(sqlite())) return "busy";
      const { manifest, rows } = built;
      built = undefined;
      const changed = changedRows(sqlite());
      standing.reopen(() => {
        bringUpToDate({ draft, file, key, migrationsFolder }, changed, { ...manifest, rows });
        flushFile(draft);
        rmSync(before, { force: true });
        linkSync(file, before);
        moveWhole(draft, file);
      });
      shelf.clear();
      return "taken";
    },
    discard,
    greeted: () => rmSync(before, { force: true }),
  };
}

/** Moves the write-ahead log into the file, and keeps none from now on. @returns false where somebody else has the file open */
function intoOneFile(sqlite: StationDatabase["sqlite"]): boolean {
  const patienceMs: unknown = sqlite.pragma("busy_timeout", { simple: true });
  sqlite.pragma("busy_timeout = 0");
  try {
    return sqlite.pragma("journal_mode = DELETE", { simple: true }) === "delete";
  } catch (cause) {
    const fault = toStorageFault(cause);
    if (fault instanceof Fault && fault.code === "STORAGE_BUSY") return false;
    throw fault;
  } finally {
    sqlite.pragma(`busy_timeout = ${String(patienceMs)}`);
  }
}
