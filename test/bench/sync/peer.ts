import { execFile, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export type Document = { readonly _id: string } & Readonly<Record<string, unknown>>;

const source = fileURLToPath(new URL("../peers/", import.meta.url));
/** Where they are installed: not among our own sources. */
const home = fileURLToPath(new URL("../../../node_modules/.cache/bench-peers/", import.meta.url));

export type Peer = {
  /** Documents a second from a counter to its server, and back. */
  readonly pushed: (documents: readonly Document[]) => Promise<number>;
  readonly pulled: (documents: readonly Document[]) => Promise<number>;
  readonly close: () => Promise<void>;
};

/**
 * PouchDB with express-pouchdb, a replication engine of documents, on the same machine in the same run, its server durable.
 *
 * @throws Error when it cannot be installed
 */
export async function openPeer(folder: string): Promise<Peer> {
  installPeers();
  const work = join(folder, "peer");
  mkdirSync(work);
  const program = fork(join(home, "replicate.mjs"), [work]);
  const ended = once(program, "exit").then(() => Promise.reject(new Error("the peer ended before it answered")));
  // Told to whoever waits for an answer; afterwards it is meant to end.
  ended.catch(() => undefined);
  await Promise.race([once(program, "message"), ended]);
  async function measure(way: "push" | "pull", documents: readonly Document[]): Promise<number> {
    const file = join(work, "documents.json");
    writeFileSync(file, JSON.stringify(documents));
    program.send({ way, file });
    const [rate] = (await Promise.race([once(program, "message"), ended])) as [number];
    return rate;
  }
  return {
    pushed: (documents) => measure("push", documents),
    pulled: (documents) => measure("pull", documents),
    async close() {
      program.disconnect();
      await ended.catch(() => undefined);
    },
  };
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
