import type { Likings } from "../acts/acts.ts";
import type { Invariant } from "../invariants/invariant.ts";
import type { Dice } from "../world/dice.ts";
import type { Matter } from "../world/matters.ts";
import type { World } from "../world/world.ts";

/** What kind of history a seed is lived as. */
export type Course = {
  /** The codes of the branches where the stations stand. */
  readonly branchCodes: (dice: Dice) => readonly string[];
  /** What the company of a seed has beyond what all have. */
  readonly matters: (seed: bigint) => ReadonlySet<Matter>;
  readonly acts: number;
  readonly likings: (dice: Dice, matters: ReadonlySet<Matter>) => Likings;
  /** Before anything befalls anybody. */
  readonly begin: (world: World) => Promise<void>;
  /** How long after the beginning an act is done at the earliest; all computers sleep until then. */
  readonly dueAfterMs: (act: number) => number;
  /** What holds at its end beside all that always does. */
  readonly atEnd: readonly Invariant[];
};
