import { isDeepStrictEqual } from "node:util";
import type { Branch } from "./branch.ts";
import type { Account } from "./company.ts";
import type { Refused } from "./play-day.ts";
import type { Programs } from "./programs.ts";

/** Points by member number, and a count of operations. */
export type Books = { readonly balances: Readonly<Record<string, number>>; readonly operations: number };
type StationBooks = Books & { readonly name: string };
/** What head office has heard of one station: the last number of an unbroken row, and what it could not apply. */
export type Heard = { readonly name: string; readonly ackSeq: number; readonly quarantined: number };

/** What scripts read. `operations` of a station are those in its log; of head office, those that it received since the demo began. */
export type Report = {
  readonly agree: boolean;
  readonly seed: number;
  readonly stations: readonly StationBooks[];
  readonly headOffice: Books;
  readonly refusals: readonly Refused[];
  readonly seconds: number;
};

/**
 * Whether all three sides say the same: equal balances, and every operation of the stations at head office exactly once. A station
 * numbers its operations without a gap and head office takes each number once, so it has them all when its last number is their count.
 */
export function agree(stations: readonly StationBooks[], headOffice: Books, heard: readonly Heard[]): boolean {
  const written = stations.reduce((sum, { operations }) => sum + operations, 0);
  return (
    stations.every(({ balances }) => isDeepStrictEqual(balances, headOffice.balances)) &&
    stations.every(({ name, operations }) => heard.some((of) => of.name === name && of.ackSeq === operations && of.quarantined === 0)) &&
    headOffice.operations === written
  );
}

/** By member number, so that people can lay the three side by side. */
const inOrder = ({ balances, operations }: Books): Books => ({
  balances: Object.fromEntries(Object.entries(balances).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  operations,
});

type Reading = { readonly programs: Programs; readonly memberNumbers: readonly string[] };

/** Asks a station as any script would: by `station call`, in a process of its own. */
export async function readStation({ name, dataDir, clerk }: Branch, { programs, memberNumbers }: Reading): Promise<StationBooks> {
  const args = ["call", "points.balances", "--data", dataDir, "--user", clerk.userName, "--input", "-"];
  const books = await programs.ask("station", args, { password: clerk.password, input: { memberNumbers } });
  return { name, ...inOrder(books as Books) };
}

export type HeadOfficeAccess = { readonly dataDir: string; readonly administrator: Account };

const hqCall = (programs: Programs, { dataDir, administrator }: HeadOfficeAccess, procedure: string, input: unknown): Promise<unknown> =>
  programs.ask("hq", ["call", procedure, "--data", dataDir, "--user", administrator.userName, "--input", "-"], {
    password: administrator.password,
    input,
  });

/** Asks head office by `hq call`. */
export const readHeadOffice = async (access: HeadOfficeAccess, { programs, memberNumbers }: Reading): Promise<Books> =>
  inOrder((await hqCall(programs, access, "points.balances", { memberNumbers })) as Books);

/** Asks head office how far it has heard these branches, by `hq call`. */
export async function readHeard(access: HeadOfficeAccess, programs: Programs, branches: readonly Branch[]): Promise<readonly Heard[]> {
  const all = (await hqCall(programs, access, "stations.list", {})) as readonly (Omit<Heard, "name"> & { readonly replica: number })[];
  return branches.flatMap(({ name, stationNumber }) => {
    const found = all.find(({ replica }) => replica === stationNumber);
    return found ? [{ name, ackSeq: found.ackSeq, quarantined: found.quarantined }] : [];
  });
}
