import { machineCore } from "#main/main.ts";
import { mirrorFolder } from "#main/mirror/mirror-folder.ts";
import { rebuildStation } from "#main/rebuild-station.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { stderrLog } from "#main/shell/stderr-log.ts";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";

/** `station rebuild`: makes the database anew from the mirror journal and head office; with `--drill`, proves on a company of its own that it can. */
export async function rebuild(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, {
    data: { type: "string" },
    journal: { type: "string" },
    "from-journal": { type: "string" },
    drill: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  if (values.drill) {
    const { rebuildDrill } = await import("./rebuild-drill.ts");
    const outcome = await rebuildDrill();
    printJson(outcome, values.json);
    return outcome.ok ? exitCodes.done : exitCodes.refused;
  }
  const dataDir = dataFolder(values.data);
  const lock = takeOwnership(dataDir, Date.now());
  try {
    const dataKey = await keyInFile(dataDir).open({ mayCreate: false });
    const rebuilt = await rebuildStation({
      dataDir,
      core: machineCore({ dataKey, log: stderrLog("warn") }),
      mirror: mirrorFolder({ dataDir, dataKey, given: values.journal }),
      fromJournal: values["from-journal"],
      onStep: (step) => console.error(words[step]),
    });
    printJson({ ok: true, ...rebuilt }, values.json);
    return exitCodes.done;
  } finally {
    lock.release();
  }
}

const words = {
  reading: "Reading the mirror journal …",
  replaying: "Putting back what the station wrote …",
  swapping: "Setting the old database aside …",
  exchanging: "Asking head office for the rest …",
} as const;
