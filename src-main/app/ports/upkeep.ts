import type { ErasureRecord } from "#shared/domain/members/erasure.ts";
import type { RequestRecord } from "#shared/domain/requests/request.ts";

/** Something in the books that does not hold; `table` and `id` say where somebody who repairs it has to look. */
export type Damage = { readonly table: string; readonly id: string };
/** The `table` of a row that is otherwise than head office told it: the next exchange mends it. */
export const feedDamage = { table: (kind: string) => `feed.${kind}`, is: ({ table }: Damage) => table.startsWith("feed.") } as const;
export type Verified = { readonly ok: boolean; readonly damaged: readonly Damage[] };

/** A copy of the database, encrypted with its key. */
export type Backup = {
  /** Name of the file, which begins with the instant, so that names sort by age. */
  readonly name: string;
  readonly atMs: number;
  readonly bytes: number;
};

/** The place where copies lie. Both kinds of work are long and are done beside the counter, not in its way. */
/** Who was forgotten, and the requests that turned out to be about them: of the slip that one names, a copy may not know whose it is. */
export type Forgotten = { readonly erasures: readonly ErasureRecord[]; readonly requests: readonly RequestRecord[] };

export type BackupShelf = {
  readonly list: () => readonly Backup[];
  /**
   * Copies the database as it is at this moment, and reads the copy back before it counts.
   *
   * @throws Fault `STORAGE_…`; the copies that were there before are all still there
   */
  readonly add: (atMs: number) => Promise<Backup>;
  readonly remove: (name: string) => void;
  /**
   * Takes people out of every copy. Copies that were made before an update or a restore go altogether: they are of other versions, and what
   * they were kept for is over.
   *
   * @throws Fault `STORAGE_…`; to be called again then
   */
  readonly forget: (forgotten: Forgotten) => Promise<void>;
  /** Re-reads the books from their bytes. */
  readonly verify: () => Promise<Verified>;
};
