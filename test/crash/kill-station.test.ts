import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { withDatabase } from "#test/support/postgres.ts";
import { crashRound } from "./crash-round.ts";

const { url: databaseUrl } = withDatabase();
const kills = 20;

it(
  `has every award it answered for in log, ledger, mirror journal and head office, once, after ${kills} kills of each of the two`,
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "counterfoil-crash-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const seed = randomInt(2 ** 31);
    const outcome = await crashRound({ kills, seed, databaseUrl, folder });
    expect(outcome, `seed ${seed}`).toMatchObject({ lost: 0, doubled: 0, faults: [] });
    expect(Math.min(outcome.kills.station, outcome.kills.headOffice), `seed ${seed}`).toBeGreaterThanOrEqual(kills);
    expect(outcome.acknowledged, `seed ${seed}`).toBeGreaterThan(kills);
  },
);
