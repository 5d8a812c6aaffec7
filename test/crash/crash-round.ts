import { compareBooks, type Compared } from "./compare-books.ts";
import { layCrashGround } from "./crash-ground.ts";
import { killHeadOffice } from "./kill-head-office.ts";
import { killStations } from "./kill-stations.ts";

export type CrashOptions = {
  /** How many of the station, and how many of head office. */
  readonly kills: number;
  readonly seed: number;
  /** An empty database. */
  readonly databaseUrl: string;
  /** An empty folder. */
  readonly folder: string;
  readonly onKill?: ((told: string) => void) | undefined;
};

export type CrashOutcome = Compared & {
  readonly kills: { readonly station: number; readonly headOffice: number };
  /** How often one of the two died where. */
  readonly at: Readonly<Record<string, number>>;
  /** Awards that were answered. */
  readonly acknowledged: number;
};

/**
 * Kills a station and head office again and again, each in its own time, at named moments and at random ones; then compares every award
 * that was answered with the station's log, its ledger, its mirror journal and head office.
 */
export async function crashRound({ kills, seed, databaseUrl, folder, onKill = () => undefined }: CrashOptions): Promise<CrashOutcome> {
  const ground = await layCrashGround(databaseUrl, folder, seed);
  const count = { station: 0, headOffice: 0 };
  const at: Record<string, number> = {};
  const died = (who: keyof typeof count) => (where: string) => {
    count[who] += 1;
    at[where] = (at[where] ?? 0) + 1;
    onKill(where);
  };
  let hasFailed = false;
  const isEnough = (): boolean => hasFailed || (count.station >= kills && count.headOffice >= kills);
  try {
    const [{ acknowledged, faults }] = await Promise.all([
      killStations(ground, { isEnough, died: died("station") }),
      killHeadOffice(ground, kills, died("headOffice")).catch((cause: unknown) => {
        hasFailed = true;
        throw cause;
      }),
    ]);
    ground.line.restore();
    const compared = await compareBooks(ground, acknowledged);
    return { kills: count, at, acknowledged: acknowledged.length, ...compared, faults: [...faults, ...compared.faults] };
  } finally {
    await ground.close();
  }
}
