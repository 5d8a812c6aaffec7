import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "#main/app/ports/logger.ts";
import type { DataKeys } from "#main/security/data-key.ts";
import { toStorageFault } from "#main/db/faults.ts";
import { makeDataFolder } from "./data-folder.ts";
import { folderRisk, type FolderRisk } from "./folder-risk.ts";
import { takeOwnership, type OwnerLock } from "./owner-lock.ts";
import type { ServedStation } from "./served-station.ts";

/** How `main.ts` opens a station. */
export type OpenStation = (options: {
  readonly dataDir: string;
  readonly dataKey: Uint8Array;
  readonly reader?: { readonly path: string } | undefined;
  readonly journal?: string | undefined;
  readonly leavesPortsClosed?: boolean | undefined;
  readonly log: Logger;
}) => Promise<ServedStation>;

export type OwnedStation = ServedStation & {
  readonly announce: OwnerLock["announce"];
  /** The station is open, and its folder lies where it should not. */
  readonly risk: FolderRisk | undefined;
};

/**
 * Opens the station of a data folder for this process alone: lock first, then the key, then the data.
 *
 * @throws OwnedByAnother; Fault of the key; Fault `STORAGE_…` of the folder; what the station's own start says
 */
export async function openOwnedStation(options: {
  readonly dataDir: string;
  readonly keys: DataKeys;
  readonly reader?: string | undefined;
  /** A folder on another volume for the mirror journal. */
  readonly journal?: string | undefined;
  /** For one command: no port is opened. */
  readonly leavesPortsClosed?: boolean;
  readonly log: Logger;
  readonly open: OpenStation;
}): Promise<OwnedStation> {
  const { dataDir, keys, reader, journal, leavesPortsClosed, log, open } = options;
  const lock = own(dataDir);
  try {
    const risk = folderRisk(dataDir);
    if (risk) log.warn({ code: risk }, "the data folder lies where a database is at risk");
    const dataKey = await keys.open({ mayCreate: !holdsData(dataDir) });
    const station = await open({
      dataDir,
      dataKey,
      reader: reader === undefined ? undefined : { path: reader },
      journal,
      leavesPortsClosed,
      log,
    });
    return {
      router: station.router,
      waitingOperations: station.waitingOperations,
      wake: station.wake,
      announce: lock.announce,
      risk,
      close: async () => {
        await station.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw toStorageFault(error);
  }
}

/** The first that is written in a folder, and so the first to say that nothing can be. */
function own(dataDir: string): OwnerLock {
  try {
    makeDataFolder(dataDir);
    return takeOwnership(dataDir, Date.now());
  } catch (error) {
    throw toStorageFault(error);
  }
}

/** A station's own database, or a sample's. */
const holdsData = (dataDir: string): boolean => ["station.db", "sample"].some((name) => existsSync(join(dataDir, name)));
