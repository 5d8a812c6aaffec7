import { rmSync } from "node:fs";
import type { CourseName } from "./courses/courses.ts";
import { live, type Lived } from "./live.ts";
import { copiesInMemory, copiesOnPostgres, type StoreKind } from "./stores.ts";
import { shrink } from "./shrink.ts";
import { clearStationFiles, simulationFolder } from "./world/station-files.ts";

/** What a worker is asked to live. */
export type Task = {
  readonly seed: string;
  readonly store: StoreKind;
  /** A week unless told. */
  readonly course?: CourseName;
  readonly acts?: number;
  readonly shrinks: boolean;
};

/** What came of it, as a message carries it. */
export type Report = Omit<Lived, "faults" | "crashPoints" | "trace"> & {
  readonly seed: string;
  readonly store: StoreKind;
  readonly course: CourseName;
  readonly faults: Readonly<Record<string, number>>;
  readonly crashPoints: Readonly<Record<string, number>>;
  /** The shortest history that still shows the violation. */
  readonly shrunk?: { readonly acts: readonly number[]; readonly trace: readonly string[] };
};

/** Whoever breaks something breaks it in many seeds, and a few short histories are enough to see what. */
const shrinksMax = 2;

/** Lives histories, one at a time, for the command that started this process. */
function work(serverUrl: string): void {
  const stores = { memory: copiesInMemory(), postgres: copiesOnPostgres(serverUrl) };
  let queue = Promise.resolve();
  let shrinksLeft = shrinksMax;

  async function report({ seed, store, course = "week", acts, shrinks }: Task): Promise<void> {
    const history = { seed: BigInt(seed), makeDisk: stores[store].makeDisk, course, ...(acts !== undefined && { acts }) };
    const { faults, crashPoints, trace: _trace, ...lived } = await live(history);
    const shrunk = lived.violation && shrinks && shrinksLeft-- > 0 ? await shrink(history, lived.violation.invariant) : undefined;
    const told: Report = {
      seed,
      store,
      course,
      ...lived,
      faults: Object.fromEntries(faults),
      crashPoints: Object.fromEntries(crashPoints),
      ...(shrunk && { shrunk }),
    };
    process.send?.(told);
    clearStationFiles();
  }

  process.on("message", (task: Task) => {
    queue = queue.then(() => report(task));
  });
  process.once("disconnect", () => {
    void queue.then(stores.postgres.close).finally(() => {
      rmSync(simulationFolder, { recursive: true, force: true });
      process.exit();
    });
  });
}

work(process.argv[2] ?? "");
