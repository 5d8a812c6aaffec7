import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.mjs";

const oldestMajor = 24;
const oldestMinor = 11;

/**
 * The Node to go on under: the one that came with the installation, or the running one where none comes for this computer.
 *
 * @returns the path of its executable; the shim in node_modules/.bin is a shell script on Windows, so the package is asked instead
 * @throws Error in words for the person at the keyboard, when neither is new enough
 */
export function findNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const folder = join(root, "node_modules", `node-${platform}-${process.arch}`);
  if (isNewEnough(versionOf(folder))) return join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(
    `Counterfoil needs Node ${oldestMajor}.${oldestMinor} or newer. This is Node ${process.versions.node}, and the installation brought ` +
      `none for ${process.platform} on ${process.arch}. Install Node ${oldestMajor} and give the command again.`,
  );
}

function versionOf(packageFolder) {
  try {
    return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).version;
  } catch {
    return "0.0.0"; // No such package for this computer.
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
