import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "#main/app/ports/logger.ts";
import type { DataKeys } from "#main/security/data-key.ts";
import { makeDataFolder } from "./data-folder.ts";
import { takeOwnership, type OwnerLock } from "./owner-lock.ts";
import type { ServedStation } from "./served-station.ts";

/** How `main.ts` opens a station. */
export type OpenStation = (options: {
  readonly dataDir: string;
  readonly dataKey: Uint8Array;
  readonly reader?: { readonly path: string } | undefined;
  readonly journal?: string | undefined;
  readonly log: Logger;
}) => Promise<ServedStation>;

export type OwnedStation = ServedStation & { readonly announce: OwnerLock["announce"] };

/**
 * Opens the station of a data folder for this process alone: lock first, then the key, then the data.
 *
 * @throws OwnedByAnother; Fault of the key; what the station's own start says
 */
export async function openOwnedStation(options: {
  readonly dataDir: string;
  readonly keys: DataKeys;
  readonly reader?: string | undefined;
  /** A folder on another volume for the mirror journal. */
  readonly journal?: string | undefined;
  readonly log: Logger;
  readonly open: OpenStation;
}): Promise<OwnedStation> {
  const { dataDir, keys, reader, journal, log, open } = options;
  makeDataFolder(dataDir);
  const lock = takeOwnership(dataDir, Date.now());
  try {
    const dataKey = await keys.open({ mayCreate: !holdsData(dataDir) });
    const station = await open({ dataDir, dataKey, reader: reader === undefined ? undefined : { path: reader }, journal, log });
    return {
      router: station.router,
      announce: lock.announce,
      close: async () => {
        await station.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A station's own database, or a sample's. */
const holdsData = (dataDir: string): boolean => ["station.db", "sample"].some((name) => existsSync(join(dataDir, name)));
