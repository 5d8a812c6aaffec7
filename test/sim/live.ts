import { always } from "./invariants/always.ts";
import { atRest } from "./invariants/at-rest.ts";
import { checkAll, lookAt, newWitness, Violation, type Witness } from "./invariants/invariant.ts";
import { actAtRandom, beginWorld, likingsOf } from "./acts/acts.ts";
import { comeToRest } from "./come-to-rest.ts";
import type { FoundedCompany } from "./world/company.ts";
import { makeDice } from "./world/dice.ts";
import type { Disk } from "./world/disk.ts";
import { mattersOf, type Matter } from "./world/matters.ts";
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
  /** What the company has beyond what all have; what the seed says unless told. */
  readonly matters?: ReadonlySet<Matter>;
};

export const actsUsually = 60;
/** Where the stations stand: at two or three branches, or two of them at one. */
const layouts = [
  ["A", "B"],
  ["A", "B", "C"],
  ["A", "B", "A"],
];

/** Lives one history, from its seed to the day on which everybody has heard everything. */
export async function live({ seed, makeDisk, keeps = () => true, acts = actsUsually, matters = mattersOf(seed) }: History): Promise<Lived> {
  const branchCodes = layouts[makeDice(seed).below(layouts.length)] ?? [];
  const world = await openWorld({ seed, branchCodes, isTroubled: true, matters, makeDisk });
  const { timeline, dice, faults, crashPoints } = world;
  const likings = likingsOf(dice, matters);
  const startMs = timeline.nowMs();
  const trace: string[] = [];
  const witness = newWitness();
  let invariantsChecked = 0;
  let restMs = 0;
  const look = async (): Promise<void> => {
    invariantsChecked += await checkAll(always, await lookAt(world, witness));
  };
  const lived = () => ({
    virtualMs: timeline.nowMs() - startMs,
    faults,
    crashPoints,
    invariantsChecked,
    restMs,
    trace,
    matters: [...matters],
  });
  try {
    await beginWorld(world);
    for (let act = 1; act <= acts; act++) {
      if (!keeps(act)) continue;
      dice.turnTo(act);
      await actAtRandom(world, likings, (line) => trace.push(`${act}. ${line}`));
      await passTime(world);
      await restartWhoDied(world);
      await look();
    }
    dice.turnTo(acts + 1);
    restMs = await comeToRest(world);
    await look();
    invariantsChecked += await checkRest(world, witness);
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

async function restartWhoDied({ stations }: World): Promise<void> {
  for (const station of stations) {
    if (!station.isOff()) continue;
    await station.restart();
    station.line.up();
  }
}

const checkRest = async (world: World, witness: Witness): Promise<number> => checkAll(atRest, await lookAt(world, witness));

const violationOf = (cause: unknown): NonNullable<Lived["violation"]> =>
  cause instanceof Violation
    ? { invariant: cause.invariant, message: cause.message }
    : { invariant: "unforeseen", message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
