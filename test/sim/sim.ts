import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endProgram } from "#main/shell/cli/end-program.ts";
import { startLocalPostgres } from "#server/db/local-postgres.ts";
import { courses, type CourseName } from "./courses/courses.ts";
import { employ } from "./crew.ts";
import { matrix } from "./matrix/matrix.ts";
import { ask } from "./world/postgres-disk.ts";
import { summarise } from "./summary.ts";
import type { StoreKind } from "./stores.ts";
import type { Report, Task } from "./worker.ts";

const help = `sim [--seeds A..B] [--store memory|postgres|both] [--course week|year|both] [--acts N] [--workers N] [--json]
    Lives whole histories of a company from seeds: real stations and a real head office, with lines that lose, power that goes, clocks
    that are wrong. Prints seeds, faults, crash points, invariants checked, virtual hours, and for each violation its seed, the invariant
    and the shortest history that shows it. Head office's books are in memory, or on a PostgreSQL; with "both", of every ninth seed.
    A history is some days with two or three stations, or a year with five; with "both", of every hundredth seed the year too.
sim --matrix [--only TEXT] [--workers N] [--json]
    Takes each safeguard of the product away, one at a time, and counts the seeds until a violation shows it; only those whose names
    have the text in them.
    Exit codes: 0 no violation, or every safeguard missed; 1 otherwise; 2 the command line is wrong.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "1..100" },
      store: { type: "string", default: "both" },
      course: { type: "string", default: "both" },
      acts: { type: "string" },
      workers: { type: "string", default: "2" },
      only: { type: "string", default: "" },
      matrix: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const range = /^(\d+)(?:\.\.(\d+))?$/.exec(values.seeds);
  const workers = Number(values.workers);
  const acts = values.acts === undefined ? undefined : Number(values.acts);
  const { store, course } = values;
  if (!range || !isStore(store) || !isCourse(course) || !isCount(workers) || (acts !== undefined && !isCount(acts))) {
    console.error(help);
    return 2;
  }
  const first = BigInt(range[1] ?? "1");
  const last = BigInt(range[2] ?? range[1] ?? "1");
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-sim-"));
  const database = await startLocalPostgres({ dataDir: join(folder, "postgres"), log: () => undefined });
  try {
    await forgetful(database.url);
    const outcome = values.matrix
      ? await seeWhatIsMissed({ workers, serverUrl: database.url, only: values.only })
      : await liveSeeds({ first, last, store, course, workers, serverUrl: database.url, ...(acts !== undefined && { acts }) });
    console.log(values.json ? JSON.stringify(outcome.told) : JSON.stringify(outcome.told, undefined, 2));
    return outcome.isGood ? 0 : 1;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Outcome = { readonly told: object; readonly isGood: boolean };

async function seeWhatIsMissed(asked: Parameters<typeof matrix>[0]): Promise<Outcome> {
  const safeguards = await matrix(asked, ({ name, caughtAtSeed, invariant }) =>
    console.error(`${caughtAtSeed === null ? "NOT SEEN" : `seed ${caughtAtSeed}, ${invariant}`}: without "${name}"`),
  );
  return { told: { safeguards }, isGood: safeguards.every(({ caughtAtSeed }) => caughtAtSeed !== null) };
}

type Seeds = {
  readonly first: bigint;
  readonly last: bigint;
  readonly store: StoreKind | "both";
  readonly course: CourseName | "both";
  readonly acts?: number;
  readonly workers: number;
  readonly serverUrl: string;
};

async function liveSeeds({ first, last, store, course, acts, ...crew }: Seeds): Promise<Outcome> {
  const reports: Report[] = [];
  const tasks: Task[] = [];
  let seed = first;
  const next = (): Task | undefined => {
    if (tasks.length === 0 && seed <= last) {
      const one = seed++;
      const kind = store !== "both" ? store : one % postgresEvery === 0n ? "postgres" : "memory";
      const lives = course !== "both" ? [course] : one % yearEvery === 0n ? (["week", "year"] as const) : (["week"] as const);
      for (const each of lives)
        tasks.push({ seed: String(one), store: kind, course: each, shrinks: true, ...(acts !== undefined && { acts }) });
    }
    return tasks.shift();
  };
  await employ(crew, next, (report) => {
    reports.push(report);
    if (report.violation) tell(report);
    else if (reports.length % 50 === 0) console.error(`${reports.length} seeds`);
  });
  const summary = summarise(reports);
  return { told: summary, isGood: summary.violations === 0 };
}

/** These books are nobody's: PostgreSQL need not wait for the disk, and a history asks it thousands of times. */
async function forgetful(serverUrl: string): Promise<void> {
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) await ask(serverUrl, `alter system set ${setting} = off`);
  await ask(serverUrl, "select pg_reload_conf()");
}

/** Of two thousand seeds some more than two hundred. */
const postgresEvery = 9n;
/** A year takes as long as some weeks. */
const yearEvery = 100n;

const isStore = (store: string): store is StoreKind | "both" => store === "memory" || store === "postgres" || store === "both";
const isCourse = (course: string): course is CourseName | "both" => course === "both" || Object.hasOwn(courses, course);
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0;

/** All that somebody needs who wants to see it again. */
function tell({ seed, course, violation, shrunk }: Report): void {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  console.error([`${course} of seed ${seed} at commit ${commit}: ${violation?.message}`, ...(shrunk?.trace ?? [])].join("\n"));
}

endProgram(await main());
