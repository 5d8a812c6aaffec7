import { employ } from "../crew.ts";
import type { Report, Task } from "../worker.ts";
import { safeguards, type Safeguard } from "./safeguards.ts";

export type Caught = {
  readonly name: string;
  /** How many seeds it took to see that it was gone; null when nobody saw it. */
  readonly caughtAtSeed: number | null;
  /** What did not hold any more. */
  readonly invariant: string | null;
};

type Matrix = {
  readonly workers: number;
  readonly serverUrl: string;
  /** Part of the names of those that are taken away; empty for all. */
  readonly only: string;
};

const seedsMax = 500;

/**
 * Takes each safeguard away, one at a time, and counts the seeds until the simulation sees it.
 *
 * @param told is given each outcome as it comes
 */
export async function matrix({ workers, serverUrl, only }: Matrix, told: (caught: Caught) => void): Promise<readonly Caught[]> {
  const left = safeguards.filter(({ name }) => name.includes(only));
  const outcomes: Caught[] = [];
  async function take(): Promise<void> {
    for (let safeguard = left.shift(); safeguard; safeguard = left.shift()) {
      const caught = await catchWithout(safeguard, serverUrl);
      outcomes.push(caught);
      told(caught);
    }
  }
  await Promise.all(Array.from({ length: workers }, take));
  return outcomes;
}

async function catchWithout({ name, store = "memory" }: Safeguard, serverUrl: string): Promise<Caught> {
  let seed = 0;
  let caught: Report | undefined;
  const next = (): Task | undefined => {
    if (caught || seed === seedsMax) return undefined;
    seed += 1;
    return { seed: String(seed), store, shrinks: false };
  };
  await employ({ workers: 1, serverUrl, withoutSafeguard: name }, next, (report) => {
    if (report.violation) caught = report;
  });
  return { name, caughtAtSeed: caught ? seed : null, invariant: caught?.violation?.invariant ?? null };
}
