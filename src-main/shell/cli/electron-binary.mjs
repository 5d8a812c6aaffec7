import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.mjs";
import { environment, runAside } from "./run.mjs";

const folder = join(root, "node_modules", "electron");
/** How long a person who wants to open the counter is kept waiting for a download that may never come. */
const fetchTimeoutMs = 20_000;

/**
 * Electron's executable, when it is there. Looked up by hand: importing the package would start a download.
 *
 * @returns its path, or undefined
 */
export function findElectron() {
  // Written as the very last step of its installation, so that a broken-off download does not count.
  const pathFile = join(folder, "path.txt");
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8").trim() : given && "electron";
  const file = name && join(given ?? join(folder, "dist"), name);
  return file && existsSync(file) ? file : undefined;
}

/** One quiet try to fetch it. @returns its path, or undefined when it could not be had in time */
export async function fetchElectron(node) {
  await runAside(node, [join(folder, "install.js")], { env: environment(node), timeoutMs: fetchTimeoutMs });
  return findElectron();
}
