import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { HeadOffice } from "#server/app/head-office.ts";
import { openHeadOffice } from "#server/open-head-office.ts";
import { keyInFile, keyInHex } from "#server/db/sealing/database-key.ts";
import { startLocalPostgres } from "#server/db/local-postgres.ts";
import { serveHeadOffice, type ServeOptions } from "#server/http/serve-head-office.ts";
import { runOnAClock } from "#server/run-on-a-clock.ts";
import { openProgramLog, type ProgramLog } from "#server/program-log.ts";

export type Place = {
  /** Where the local database lives when no other is named; made when it is not there. */
  readonly dataDir: string;
  /** Empty is as good as absent: so a parent can keep its own database from a child. */
  readonly databaseUrl?: string | undefined;
  /** Of the database that is named, in 64 hexadecimal digits; else, and for the local one, it lies in a file of the data folder. */
  readonly databaseKey?: string | undefined;
  /** Marks an empty database as sample data for good. */
  readonly isSample?: boolean;
  readonly programLog?: ProgramLog;
};

/**
 * Opens head office on the database that is named, or on a local PostgreSQL in the data folder, which is started when nobody serves it
 * and ended by the last one to close.
 *
 * @throws LocalPostgresFault, DatabaseKeyFault, or what the database refuses
 */
export async function openAtPlace({
  dataDir,
  databaseUrl,
  databaseKey,
  isSample = false,
  programLog = openProgramLog(),
}: Place): Promise<HeadOffice> {
  const { log } = programLog;
  const database = databaseUrl
    ? { url: databaseUrl, stop: async () => undefined }
    : await startLocalPostgres({ dataDir: join(dataDir, "postgres"), log: (message) => log("localPostgres", { message }) });
  try {
    const headOffice = await openHeadOffice({
      databaseUrl: database.url,
      databaseKey: databaseUrl && databaseKey ? keyInHex(databaseKey) : keyInFile(dataDir),
      clock: { nowMs: Date.now },
      random: randomBytes,
      log,
      isSample,
    });
    const close = async (): Promise<void> => {
      await headOffice.close();
      await database.stop();
    };
    return { ...headOffice, close };
  } catch (cause) {
    await database.stop();
    throw cause;
  }
}

export type StartOptions = Place & Partial<Pick<ServeOptions, "host" | "port" | "tls" | "releases">>;

export type StartedHeadOffice = { readonly url: string; readonly headOffice: HeadOffice; readonly close: () => Promise<void> };

/** Opens head office and serves the exchange with stations, by default on a free port of this computer alone. */
export async function startHeadOffice({ host = "127.0.0.1", port = 0, tls, releases, ...place }: StartOptions): Promise<StartedHeadOffice> {
  const { programLog = openProgramLog() } = place;
  const headOffice = await openAtPlace({ ...place, programLog });
  try {
    const serving = await serveHeadOffice({ headOffice, host, port, tls, releases, reportIncident: programLog.reportIncident });
    const endJobs = runOnAClock(headOffice.runJobs, programLog.reportIncident);
    const close = async (): Promise<void> => {
      await endJobs();
      await serving.close();
      await headOffice.close();
    };
    return { url: serving.url, headOffice, close };
  } catch (cause) {
    await headOffice.close();
    throw cause;
  }
}
