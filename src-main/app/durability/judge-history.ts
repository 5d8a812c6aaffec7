import type { GuardRecord } from "#main/app/ports/guard.ts";

export type HistoryFacts = {
  readonly guard: GuardRecord | undefined;
  /** Whether a record was ever written for this database. */
  readonly isGuarded: boolean;
  /** Whether the guard's operation stands in the database's log. */
  readonly hasGuarded: boolean;
  /** Fingerprint of this computer; null where it has none. */
  readonly machine: string | null;
};

/** `restored`: it has been further than this. `copied`: it may be going on elsewhere. `unguarded`: it was moved, and nobody can say. */
export type History = "continuous" | "restored" | "copied" | "unguarded";

/** Decides whether a database is the one that was closed, or an older or another copy of it. */
export function judgeHistory({ guard, isGuarded, hasGuarded, machine }: HistoryFacts): History {
  if (!guard) return isGuarded ? "unguarded" : "continuous";
  if (!hasGuarded) return "restored";
  if (machine !== null && guard.machine !== null && machine !== guard.machine) return "copied";
  return "continuous";
}
