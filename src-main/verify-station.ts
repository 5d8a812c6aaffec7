import { compareJournal, journalDamage } from "#main/app/durability/compare-journal.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Damage, Verified } from "#main/app/ports/upkeep.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { onVolume } from "#main/mirror/faults.ts";
import { readMirror } from "#main/mirror/read-mirror.ts";
import { diskVolume } from "#main/mirror/volume.ts";

export type StationToVerify = {
  readonly file: string;
  readonly key: Uint8Array;
  readonly migrationsFolder: string;
  /** Where the mirror journal lies; undefined for a station that keeps none. */
  readonly journal: string | undefined;
};

/**
 * Re-reads the books of a station, and the journal that they could be made from again.
 *
 * @throws Fault `STORAGE_…` when the database cannot be read at all; a journal that cannot is among what does not hold
 */
export const verifyStation = ({ file, key, migrationsFolder, journal }: StationToVerify): Verified =>
  verifyFile(file, key, migrationsFolder, journal === undefined ? undefined : (log) => lookIntoJournal(journal, key, log));

function lookIntoJournal(folder: string, dataKey: Uint8Array, log: Parameters<typeof compareJournal>[0]): readonly Damage[] {
  try {
    const contents = onVolume(() => readMirror({ volume: diskVolume, folder, dataKey }));
    return contents.operations.length === 0 ? [{ table: journalDamage.empty, id: folder }] : compareJournal(log, contents);
  } catch (cause) {
    if (cause instanceof Fault) return [{ table: journalDamage.empty, id: folder }];
    throw cause;
  }
}
