import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { startHeadOffice } from "#server/start-head-office.ts";
import { openReleases } from "#server/releases/release-folder.ts";
import { command, flag, optional, type Program } from "./command.ts";
import { CommandFailure, exitCode, wrongCommand } from "./failure.ts";
import { updatesFolder } from "./updates.ts";

const defaultPort = "8730";

export const serve = command({
  usage:
    "hq serve [--data DIR] [--port N] [--host H] [--tls-cert FILE --tls-key FILE] [--updates DIR] [--sample] [--exit-with-parent] [--json]   (another database in COUNTERFOIL_DATABASE_URL)",
  options: {
    port: optional,
    host: optional,
    "tls-cert": optional,
    "tls-key": optional,
    updates: optional,
    sample: flag,
    "exit-with-parent": flag,
  },
  isService: true,
  run: async ({ options }, program) => {
    const { host = "127.0.0.1", port = defaultPort, sample } = options;
    const { dataDir, environment, log, reportIncident } = program;
    // Listened for before anything is started: a signal in the middle of the start must not leave a database behind.
    const stop = listenForStop(options["exit-with-parent"] ? program.stdin : undefined);
    try {
      const { url, headOffice, close } = await startHeadOffice({
        dataDir,
        databaseUrl: environment.COUNTERFOIL_DATABASE_URL,
        databaseKey: environment.COUNTERFOIL_DATABASE_KEY,
        host,
        port: portFrom(port),
        tls: await readTls(options["tls-cert"], options["tls-key"]),
        isSample: sample,
        releases: openReleases(updatesFolder(dataDir, options.updates)),
        programLog: { log, reportIncident },
      });
      const firstAdministratorCode = await headOffice.firstAdministratorCode();
      program.print({ url, ready: true, firstAdministratorCode }, inWords(url, firstAdministratorCode));
      log("stopping", { because: await stop.reason });
      await close();
      return exitCode.done;
    } finally {
      stop.forget();
    }
  },
});

function portFrom(given: string): number {
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= 65_535) return port;
  throw wrongCommand(`--port ${given} is not a port: a whole number from 0 (any free one) to 65535.`);
}

async function readTls(certificateFile: string | undefined, keyFile: string | undefined) {
  if (certificateFile === undefined && keyFile === undefined) return undefined;
  if (certificateFile === undefined || keyFile === undefined) throw wrongCommand("--tls-cert and --tls-key belong together.");
  try {
    return { certificate: await readFile(certificateFile, "utf8"), key: await readFile(keyFile, "utf8") };
  } catch (cause) {
    throw new CommandFailure({ code: "CERTIFICATE_UNUSABLE", message: (cause as Error).message }, exitCode.failed);
  }
}

/**
 * A second signal finds no listener and ends the process at once.
 *
 * @param parent the pipe to a parent process that shall not be outlived: it ends when that process does, however it dies
 */
function listenForStop(parent: Program["stdin"] | undefined) {
  const reasons = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal).then(() => signal));
  const parentEnded = (): string => "parentEnded";
  if (parent) reasons.push(once(parent.resume(), "close").then(parentEnded, parentEnded));
  // The open pipe would keep this process alive after everything else is done.
  return { reason: Promise.race(reasons), forget: () => parent?.destroy() };
}

function inWords(url: string, firstAdministratorCode: string | null): string {
  const serving = `Head office serves at ${url}.`;
  if (firstAdministratorCode === null) return serving;
  return `${serving}\nThere is no administrator yet. Make the first one with this one-time code:\n  COUNTERFOIL_PASSWORD=… npm run hq -- admin --code ${firstAdministratorCode} --user NAME`;
}
