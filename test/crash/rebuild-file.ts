import { dirname } from "node:path";
import { rebuildStation } from "#main/rebuild-station.ts";
import { crashCore, mirrorOf } from "./crash-station.ts";

/** Rebuilds the station of a file and dies at a step, if one is named: `rebuild-file.ts FILE [STEP]`. */
const [, , file = "", deadly] = process.argv;
await rebuildStation({
  dataDir: dirname(file),
  core: crashCore,
  mirror: mirrorOf(file),
  fromJournal: undefined,
  onStep: (step) => {
    if (step === deadly) process.kill(process.pid, "SIGKILL");
  },
});
