import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { safeguards } from "./safeguards.ts";

/** The one that a process lives without: its first argument behind the program's own. */
const name = process.argv.at(-1);
const removed = safeguards.find((safeguard) => safeguard.name === name);

if (removed) {
  const url = new URL(`../../../${removed.file}`, import.meta.url).href;
  const source = readFileSync(fileURLToPath(url), "utf8");
  if (source.split(removed.find).length !== 2) throw new Error(`"${removed.name}" is not found once in ${removed.file}: say where it went`);
  registerHooks({
    load: (asked, context, nextLoad) => {
      if (asked !== url) return nextLoad(asked, context);
      return { format: "module-typescript", shortCircuit: true, source: source.replace(removed.find, () => removed.replace) };
    },
  });
}
