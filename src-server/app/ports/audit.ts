import type { LedgerEntry } from "./ledger-store.ts";
import type { Incarnation } from "./station-store.ts";

export type Damage = { readonly table: string; readonly id: string };

/** Questions that only a re-reading of the books asks. */
export type Audit = {
  /** Operations whose entries do not sum to zero on a lot or a member, and accounts that are not the sum of their entries or below zero. */
  readonly unbalanced: () => Promise<readonly Damage[]>;
  readonly incarnations: () => Promise<readonly Incarnation[]>;
  readonly entriesOf: (opIds: readonly string[]) => Promise<readonly LedgerEntry[]>;
  /** Operations in the books that no inbox holds. */
  readonly orphans: () => Promise<readonly Damage[]>;
};
