import { dirname } from "node:path";
import { rebuildStation, type RebuildStep } from "#main/rebuild-station.ts";
import { crashCore, mirrorOf } from "./crash-station.ts";
import { readTasks } from "./read-tasks.ts";

export type RebuildTask = {
  readonly file: string;
  /** Where it dies; null for nowhere. */
  readonly deadly: RebuildStep | null;
};

/** Rebuilds the station of a file. */
const { file, deadly } = await readTasks().next<RebuildTask>();
await rebuildStation({
  dataDir: dirname(file),
  core: crashCore,
  mirror: mirrorOf(file),
  fromJournal: undefined,
  onStep: (step) => {
    if (step === deadly) process.kill(process.pid, "SIGKILL");
  },
});
process.exit();
