import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, wherever the command was called from. */
export const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * The script behind an installed tool's command. Not node_modules/.bin: what stands there is a shell script on Windows, and everywhere
 * it would run under the Node that is first in the PATH.
 */
export function toolScript(packageName) {
  const folder = join(root, "node_modules", packageName);
  const { name, bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]));
}
