import { describe, expect, it } from "vitest";
import { actAtRandom, beginWorld } from "#test/support/agreement/acts.ts";
import { checkAgreement } from "#test/support/agreement/agreement.ts";
import { checkAlways, checkModel, newWitness } from "#test/support/agreement/invariants.ts";
import { openWorld, type World } from "#test/support/agreement/world.ts";
import { withDatabase } from "#test/support/postgres.ts";

/**
 * Real stations and a real head office over a line that loses, doubles, cuts and delays, with power cuts and days that pass, from a seed.
 * A failure names the seed and what was done. `AGREEMENT_SEEDS=200` runs so many seeds, `AGREEMENT_FIRST_SEED=17` begins at that one,
 * and `AGREEMENT_ACTS=300` makes each history so long.
 */
const seedCount = Number(process.env["AGREEMENT_SEEDS"] ?? 3);
const firstSeed = Number(process.env["AGREEMENT_FIRST_SEED"] ?? 1);
const actCount = Number(process.env["AGREEMENT_ACTS"] ?? 60);
const seedMsMax = 60_000;
/** Where the stations stand: at two or three branches, or two of them at one. */
const branchesOf = [
  ["A", "B"],
  ["A", "B", "C"],
  ["A", "B", "A"],
];
/** Exchanges that all stations get to hear everything; what is written on hearing (releases, grants) needs a second and a third. */
const roundsMax = 8;

describe.each(Array.from({ length: seedCount }, (_, i) => firstSeed + i))("history %i", (seed) => {
  const database = withDatabase();

  it("ends with counters and head office agreed, and nobody has spent the same points twice", { timeout: seedMsMax }, async () => {
    expect(await live(database.url, seed)).toBe(agreed);
  });
});

const agreed = "all agree";

/** One history. @returns that all agree, or what was wrong, with the seed and all that was done */
async function live(databaseUrl: string, seed: number): Promise<string> {
  const world = await openWorld(databaseUrl, seed, branchesOf[seed % branchesOf.length] ?? []);
  const trace: string[] = [];
  const witness = newWitness();
  try {
    await beginWorld(world);
    for (let act = 1; act <= actCount; act++) {
      await actAtRandom(world, (line) => trace.push(`${act}. ${line}`));
      await checkAlways(world, witness);
    }
    await hearEverything(world);
    await checkAlways(world, witness);
    await checkModel(world);
    await checkAgreement(world);
    return agreed;
  } catch (cause) {
    return [`seed ${seed}: ${cause instanceof Error ? cause.stack : String(cause)}`, ...trace].join("\n");
  } finally {
    await world.close();
  }
}

/** Lines stay up until nobody has anything to say or to hear. */
async function hearEverything({ stations }: World): Promise<void> {
  for (const station of stations) await station.line.deliverLate();
  const state = (): string => JSON.stringify(stations.map((station) => [station.cursors(), station.log().length]));
  for (let round = 1; round <= roundsMax; round++) {
    const before = state();
    for (const station of stations) await station.exchange();
    if (state() === before) return;
  }
  throw new Error(`after ${roundsMax} exchanges there is still something to say`);
}
