import { execFile, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export type Document = { readonly _id: string } & Readonly<Record<string, unknown>>;

const source = fileURLToPath(new URL("../peers/", import.meta.url));
/** Where they are installed: not among our own sources. */
const home = fileURLToPath(new URL("../../../node_modules/.cache/bench-peers/", import.meta.url));

/**
 * PouchDB with express-pouchdb, a replication engine of documents, on the same machine in the same run: it carries the same bytes.
 *
 * @returns documents a second, there and back
 * @throws Error when it cannot be installed
 */
export async function measurePeer(
  folder: string,
  { pushed, pulled }: { readonly pushed: readonly Document[]; readonly pulled: readonly Document[] },
): Promise<{ readonly pushedPerSecond: number; readonly pulledPerSecond: number }> {
  const work = join(folder, "peer");
  mkdirSync(work);
  writeFileSync(join(work, "pushed.json"), JSON.stringify(pushed));
  writeFileSync(join(work, "pulled.json"), JSON.stringify(pulled));
  return (await runPeer("replicate.mjs", work)) as { pushedPerSecond: number; pulledPerSecond: number };
}

/** What a program of the peers prints. @throws Error when they cannot be installed */
export async function runPeer(program: string, folder: string): Promise<unknown> {
  installPeers();
  const { stdout } = await promisify(execFile)(process.execPath, [join(home, program), folder]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

/** What they would build when they are installed comes with them, so that their install scripts are not run. */
function installPeers(): void {
  cpSync(source, home, { recursive: true });
  if (existsSync(join(home, "node_modules/.package-lock.json"))) return;
  console.error("installing what the exchange is measured against …");
  const installed = spawnSync("npm", ["ci", "--legacy-peer-deps", "--ignore-scripts", "--loglevel=error"], {
    cwd: home,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (installed.status !== 0) throw new Error(`The peers could not be installed: run npm ci --legacy-peer-deps in ${home}.`);
}
