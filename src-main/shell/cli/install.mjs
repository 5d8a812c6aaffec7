import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "./project.mjs";
import { runHere } from "./run.mjs";

const stampFile = join(root, "node_modules", ".installed-from");
/** An installation takes a minute or two; a lock older than this was left by one that was killed. */
const lockAgeMsMax = 15 * 60_000;

/** Installs when what is installed is not what package-lock.json says. Prints to the error output only: standard output is the command's. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  // Two commands given at once on a fresh clone would otherwise each remove what the other has just installed.
  const unlock = await lock();
  try {
    if (isInstalled()) return;
    console.error("Installing what Counterfoil needs. The first time this takes a minute or two.");
    const code = await npm(["ci", "--loglevel=error"]);
    if (code !== 0) throw new Error(`The installation failed (npm ci ended with ${code}); what npm says is above. Is the network there?`);
    writeFileSync(stampFile, wanted());
  } finally {
    unlock();
  }
}

function isInstalled() {
  try {
    return readFileSync(stampFile, "utf8") === wanted();
  } catch {
    return false; // Never installed, or not by us.
  }
}

function wanted() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Under npm, the same npm again, under the Node that it runs on: ours lies in the folder that npm is about to replace. */
function npm(args) {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script && node) return runHere(node, [script, ...args], { output: 2 });
  if (process.platform === "win32") return runHere("cmd.exe", ["/d", "/c", "npm", ...args], { output: 2 });
  return runHere("npm", args, { output: 2 });
}

async function lock() {
  const folder = join(tmpdir(), `counterfoil-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
  while (!takes(folder)) await delay(250);
  return () => rmSync(folder, { recursive: true, force: true });
}

function takes(folder) {
  try {
    mkdirSync(folder); // Succeeds for one caller only.
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const madeAtMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
  if (Date.now() - madeAtMs > lockAgeMsMax) rmSync(folder, { recursive: true, force: true });
  return false;
}
