import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openStation } from "#main/main.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { serveLocal } from "#main/shell/local/serve-local.ts";
import { openOwnedStation, type OwnedStation } from "#main/shell/open-owned-station.ts";
import { OwnedByAnother } from "#main/shell/owner-lock.ts";
import { readOwner } from "#main/shell/owner-note.ts";
import { riskWords } from "#main/shell/start-words.ts";
import { stderrLog } from "#main/shell/stderr-log.ts";
import { serveWeb } from "#main/shell/web/serve-web.ts";
import { printJson } from "./answer.ts";
import { openBrowser } from "./browser.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions, usage } from "./options.ts";

const rendererDir = fileURLToPath(new URL("../../../out/renderer", import.meta.url));

/** `station serve`: a station behind the web shell, until it is told to end. */
export async function serve(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, {
    data: { type: "string" },
    port: { type: "string", default: "0" },
    reader: { type: "string" },
    journal: { type: "string" },
    open: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const port = readPort(values.port);
  const dataDir = dataFolder(values.data);
  const log = stderrLog("info");
  const station = await openHere({ dataDir, reader: values.reader, journal: values.journal, log }).catch((error: unknown) => {
    // Who starts the counter a second time wants to see it.
    const url = error instanceof OwnedByAnother && values.open ? readOwner(dataDir)?.url : undefined;
    if (url === undefined) throw error;
    announce(url, values);
  });
  if (!station) return exitCodes.done;
  try {
    if (station.risk) console.error(`${riskWords[station.risk].zh}\n${riskWords[station.risk].en}`);
    log.warn({ code: "KEY_IN_FILE" }, "the key of the data lies in a file beside it; the system's safe storage would keep it better");
    await serveUntilTold(station, { dataDir, port, rendererDir, log, onReady: (url) => announce(url, values) });
    return exitCodes.done;
  } finally {
    await station.close();
  }
}

const openHere = (how: Pick<Parameters<typeof openOwnedStation>[0], "dataDir" | "reader" | "journal" | "log">): Promise<OwnedStation> =>
  openOwnedStation({ ...how, keys: keyInFile(how.dataDir), open: openStation });

type Serving = Omit<Parameters<typeof serveWeb>[0], "station"> & { readonly dataDir: string; readonly onReady: (url: string) => void };

async function serveUntilTold(station: OwnedStation, { dataDir, onReady, ...web }: Serving): Promise<void> {
  const told = toldToEnd();
  const local = await serveLocal({ station, dataDir });
  try {
    const shell = await serveWeb({ station, ...web });
    station.announce({ address: local.address, url: shell.url });
    onReady(shell.url);
    await told;
    await shell.close();
  } finally {
    await local.close();
  }
}

function announce(url: string, { open, json }: { readonly open: boolean; readonly json: boolean }): void {
  if (json) printJson({ url, ready: true }, true);
  else console.log(`The counter is at ${url}\nThe address is good in browsers on this computer until the counter closes (Ctrl+C).`);
  if (open && !openBrowser(url)) console.error("There is no display to open a browser on: open the address above.");
}

/** Ctrl+C, the system's stop, or a closed terminal. A second one finds no handler and ends the process at once. */
async function toldToEnd(): Promise<void> {
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process, "SIGHUP")]);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw usage(`--port is a number from 0 to 65535, not "${text}".`);
  return port;
}
