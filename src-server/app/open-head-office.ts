import type { HeadOffice } from "#server/app/head-office.ts";
import type { Clock, Log, Random } from "#server/app/ports/machine.ts";

export type HeadOfficeOptions = {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
  /** Marks an empty database as a sample for good; one that has data keeps what it was made as. */
  readonly isSample?: boolean;
};

/** Opens head office on a PostgreSQL database, making or migrating its tables first. Several processes may open the same one. */
export async function openHeadOffice(options: HeadOfficeOptions): Promise<HeadOffice> {
  return Promise.reject(new Error(`not joined yet: ${options.databaseUrl.length}`));
}
