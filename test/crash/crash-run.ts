import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { crashRound, type CrashOutcome } from "./crash-round.ts";

export type CrashRunOptions = {
  /** How many of a station, and how many of head office. */
  readonly kills: number;
  readonly seed: number;
  /** A PostgreSQL server of its own. */
  readonly serverUrl: string;
  /** An empty folder. */
  readonly folder: string;
  readonly onKill: (told: string) => void;
};

/** Rounds that go on at the same time: the machines that run this have at least two cores. */
const lanes = 2;
/** After so many of each, all books are compared and a new company begins: nothing grows with the length of the run. */
const killsOfRound = 50;

/** As many rounds as it takes, each with a company of its own. */
export async function crashRun({ kills, seed, serverUrl, folder, onKill }: CrashRunOptions): Promise<CrashOutcome> {
  const rounds = Array.from({ length: Math.ceil(kills / killsOfRound) }, (_, i) => ({
    round: i + 1,
    kills: Math.min(killsOfRound, kills - i * killsOfRound),
  }));
  const outcomes: CrashOutcome[] = [];
  const waiting = rounds.values();
  async function lane(): Promise<void> {
    for (const { round, kills: some } of waiting) {
      outcomes.push(await inRoundOfItsOwn(round, (place) => crashRound({ kills: some, seed: seed + round, onKill, ...place })));
    }
  }
  async function inRoundOfItsOwn<T>(round: number, work: (place: { databaseUrl: string; folder: string }) => Promise<T>): Promise<T> {
    const database = new URL(serverUrl);
    database.pathname = `crash_${round}`;
    const place = { databaseUrl: database.href, folder: join(folder, `round-${round}`) };
    mkdirSync(place.folder);
    await ask(serverUrl, `create database crash_${round} encoding 'UTF8' template template0`);
    try {
      return await work(place);
    } finally {
      await ask(serverUrl, `drop database crash_${round} with (force)`);
      rmSync(place.folder, { recursive: true, force: true });
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes.reduce(together);
}

async function ask(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function together(one: CrashOutcome, other: CrashOutcome): CrashOutcome {
  const at: Record<string, number> = { ...one.at };
  for (const [where, times] of Object.entries(other.at)) at[where] = (at[where] ?? 0) + times;
  return {
    kills: { station: one.kills.station + other.kills.station, headOffice: one.kills.headOffice + other.kills.headOffice },
    at,
    acknowledged: one.acknowledged + other.acknowledged,
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    faults: [...one.faults, ...other.faults],
  };
}
