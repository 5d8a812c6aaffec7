import { always } from "./invariants/always.ts";
import { atRest } from "./invariants/at-rest.ts";
import { checkAll, lookAt, newWitness, Violation } from "./invariants/invariant.ts";
import { actAtRandom } from "./acts/acts.ts";
import { comeToRest } from "./come-to-rest.ts";
import type { Course } from "./courses/course.ts";
import { courses, type CourseName } from "./courses/courses.ts";
import type { FoundedCompany } from "./world/company.ts";
import type { Lapsed } from "./world/books.ts";
import { makeDice } from "./world/dice.ts";
import type { Disk } from "./world/disk.ts";
import type { Matter } from "./world/matters.ts";
import type { Timeline } from "./world/timeline.ts";
import { openWorld, type World } from "./world/world.ts";

export type MakeDisk = (timeline: Timeline) => Promise<{ readonly disk: Disk; readonly company: FoundedCompany }>;

/** What one history came to. */
export type Lived = {
  readonly virtualMs: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly crashPoints: ReadonlyMap<string, number>;
  readonly invariantsChecked: number;
  /** How long it took until everybody agreed, once nothing was in the way any more. */
  readonly restMs: number;
  /** What became of points whose last day was over. */
  readonly lapsed: Lapsed;
  readonly trace: readonly string[];
  /** What its company had beyond what all have. */
  readonly matters: readonly Matter[];
  readonly violation?: { readonly invariant: string; readonly message: string };
};

export type History = {
  readonly seed: bigint;
  readonly makeDisk: MakeDisk;
  /** Which acts are done; the others of the seed are left out. All of them unless told. */
  readonly keeps?: (act: number) => boolean;
  readonly acts?: number;
  /** What the company has beyond what all have; what its course and seed say unless told. */
  readonly matters?: ReadonlySet<Matter>;
  /** A week unless told. */
  readonly course?: CourseName;
};

/** How many acts a history has. */
export const actsOf = ({ acts, course = "week" }: Pick<History, "acts" | "course">): number => acts ?? courses[course].acts;

/** Lives one history, from its seed to the day on which everybody has heard everything. */
export async function live(history: History): Promise<Lived> {
  const { seed, makeDisk, keeps = () => true } = history;
  const acts = actsOf(history);
  const course: Course = courses[history.course ?? "week"];
  const { matters = course.matters(seed) } = history;
  const branchCodes = course.branchCodes(makeDice(seed));
  const world = await openWorld({ seed, branchCodes, isTroubled: true, matters, makeDisk });
  const { timeline, dice, faults, crashPoints } = world;
  const likings = course.likings(dice, matters);
  const startMs = timeline.nowMs();
  const trace: string[] = [];
  const witness = newWitness();
  let invariantsChecked = 0;
  let restMs = 0;
  let lapsed: Lapsed = { expired: 0, exchanged: 0, restored: 0 };
  const look = async (): Promise<void> => {
    invariantsChecked += await checkAll(always, await lookAt(world, witness));
  };
  const lived = () => ({
    virtualMs: timeline.nowMs() - startMs,
    faults,
    crashPoints,
    invariantsChecked,
    restMs,
    lapsed,
    trace,
    matters: [...matters],
  });
  try {
    await course.begin(world);
    for (let act = 1; act <= acts; act++) {
      if (!keeps(act)) continue;
      dice.turnTo(act);
      sleepUntil(world, startMs + course.dueAfterMs(act));
      await actAtRandom(world, likings, (line) => trace.push(`${act}. ${line}`));
      await passTime(world);
      await restartWhoDied(world);
      await look();
    }
    dice.turnTo(acts + 1);
    sleepUntil(world, startMs + course.dueAfterMs(acts + 1));
    restMs = await comeToRest(world);
    lapsed = await world.books.lapsed();
    await look();
    invariantsChecked += await checkAll([...atRest, ...course.atEnd], await lookAt(world, witness));
    return lived();
  } catch (cause) {
    return { ...lived(), violation: violationOf(cause) };
  } finally {
    await world.close();
  }
}

/** Some seconds between one customer and the next. */
async function passTime({ timeline, dice }: World): Promise<void> {
  await timeline.advance(Math.ceil(-Math.log(1 - dice.fraction()) * 3_000));
}

const sleepUntil = ({ timeline }: World, untilMs: number): void => {
  if (untilMs > timeline.nowMs()) timeline.sleepThrough(untilMs - timeline.nowMs());
};

async function restartWhoDied({ stations }: World): Promise<void> {
  for (const station of stations) {
    if (!station.isOff()) continue;
    await station.restart();
    station.line.up();
  }
}

const violationOf = (cause: unknown): NonNullable<Lived["violation"]> =>
  cause instanceof Violation
    ? { invariant: cause.invariant, message: cause.message }
    : { invariant: "unforeseen", message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
