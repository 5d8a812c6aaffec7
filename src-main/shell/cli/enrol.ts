import { setTimeout as sleep } from "node:timers/promises";
import { dataFolder } from "#main/shell/data-folder.ts";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions, usage } from "./options.ts";
import { openLine } from "./station-line.ts";

/** `station enrol`: joins a station to head office and waits for its first exchange. `station recovery-kit` prints its key. */
export async function enrol(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, {
    data: { type: "string" },
    hq: { type: "string" },
    code: { type: "string" },
    json: { type: "boolean", default: false },
  });
  const { hq: url, code } = values;
  if (url === undefined) throw usage("--hq is missing: the address of head office.");
  if (code === undefined) throw usage("--code is missing: the one-time code that `hq enrol` prints.");
  const line = await openLine(dataFolder(values.data), ["setup.enrol"]);
  try {
    await line.ask("setup.enrol", { url, code });
    // Not what enrolling answered: it holds the recovery key, and what a command prints is written down by whatever called it.
    let state = await line.ask("setup.state", {});
    // A station that this command opened would break off its first exchange by closing.
    while (isWorking(state)) {
      await sleep(200);
      state = await line.ask("setup.state", {});
    }
    printJson(state, values.json);
    return exitCodes.done;
  } finally {
    await line.close();
  }
}

const isWorking = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && "state" in answer && answer.state === "working";
