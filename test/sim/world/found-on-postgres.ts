import { makeHandClock } from "#test/support/hand-clock.ts";
import { testDatabaseKey } from "#test/support/company.ts";
import { openHeadOffice } from "#server/open-head-office.ts";
import { foundCompany, type FoundedCompany } from "./company.ts";
import { makeDice } from "./dice.ts";
import type { Disk } from "./disk.ts";
import { makePostgresDisk } from "./postgres-disk.ts";
import type { Timeline } from "./timeline.ts";

/** Founds the company in an empty database. */
export async function foundOnPostgres(databaseUrl: string): Promise<FoundedCompany> {
  const dice = makeDice(0n);
  const office = await openHeadOffice({ databaseUrl, databaseKey: testDatabaseKey, clock: makeHandClock(), random: dice.bytes });
  try {
    return await foundCompany(office);
  } finally {
    await office.close();
  }
}

/** A company of its own in an empty database. */
export const onPostgres =
  (database: { readonly url: string }) =>
  async (timeline: Timeline): Promise<{ readonly disk: Disk; readonly company: FoundedCompany }> => ({
    company: await foundOnPostgres(database.url),
    disk: makePostgresDisk(database.url, timeline),
  });
