import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endProgram } from "#main/shell/cli/end-program.ts";
import type { BenchResult } from "./result.ts";

/** Each is loaded when it is asked for: they have little in common but this list. */
const benches: Readonly<Record<string, () => Promise<readonly BenchResult[]>>> = {
  commit: async () => (await import("./commit.ts")).benchCommit(),
  swipe: async () => (await import("./swipe.ts")).benchSwipe(),
  start: async () => (await import("./start.ts")).benchStart(),
  sync: async () => (await import("./sync/sync.ts")).benchSync(),
  "peers-correctness": async () => (await import("./sync/correctness.ts")).benchCorrectness(),
};

const help = `bench [--only NAME[,NAME…]] [--json]
    Measures the counter, each figure beside a bare floor of the same run. Known: ${Object.keys(benches).join(", ")}.
    COUNTERFOIL_BENCH_MEMBERS: how many members the company has that a station joins, a million unless told.
    Exit codes: 0 every goal was met, 1 one was not, 2 the command line is wrong.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const names = values.only?.split(",") ?? Object.keys(benches);
  const unknown = names.find((name) => !Object.hasOwn(benches, name));
  if (unknown !== undefined) {
    console.error(`There is no benchmark "${unknown}". Known: ${Object.keys(benches).join(", ")}.`);
    return 2;
  }
  const results = await measure(names);
  if (values.json) console.log(JSON.stringify({ results }));
  else console.table(results);
  return results.every(({ met }) => met) ? 0 : 1;
}

/** One after the other: two at once would measure each other. */
async function measure(names: readonly string[]): Promise<readonly BenchResult[]> {
  // A folder for all that is made on the way: a sample is made once and copied.
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  process.env["TMPDIR"] = folder;
  process.env["COUNTERFOIL_SAMPLE_MEMBERS"] ??= "400";
  try {
    const results: BenchResult[] = [];
    for (const name of names) {
      console.error(`measuring ${name} …`);
      results.push(...((await benches[name]?.()) ?? []));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

endProgram(await main());
