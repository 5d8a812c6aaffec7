import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endProgram } from "#main/shell/cli/end-program.ts";
import { startLocalPostgres } from "#server/db/local-postgres.ts";
import { crashRun } from "./crash-run.ts";

const help = `crash [--kills N] [--seed N] [--json]
    Kills a station N times (1000 unless said) and head office as often, at named moments and at random ones, and compares every award
    that was answered with log, ledger, mirror journal and head office. Prints {seed, seconds, kills, at, acknowledged, lost, doubled, faults}.
    Exit codes: 0 nothing was lost or doubled, 1 something was, 2 the command line is wrong.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "1000" },
      seed: { type: "string", default: String(randomInt(2 ** 31)) },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const kills = Number(values.kills);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(kills) || kills < 1 || !Number.isSafeInteger(seed)) {
    console.error(help);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-crash-"));
  const database = await startLocalPostgres({ dataDir: join(folder, "postgres"), log: () => undefined });
  try {
    let killed = 0;
    const onKill = (where: string): void => console.error(`kill ${++killed} of ${2 * kills}: ${where}`);
    const beganMs = performance.now();
    const outcome = await crashRun({ kills, seed, serverUrl: database.url, folder, onKill });
    const told = { seed, seconds: Math.round((performance.now() - beganMs) / 1000), ...outcome };
    console.log(values.json ? JSON.stringify(told) : JSON.stringify(told, undefined, 2));
    return outcome.lost === 0 && outcome.doubled === 0 && outcome.faults.length === 0 ? 0 : 1;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

endProgram(await main());
