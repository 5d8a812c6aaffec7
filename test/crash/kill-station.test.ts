import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { withDatabase } from "#test/support/postgres.ts";
import { crash } from "./crash-run.ts";

const { url: databaseUrl } = withDatabase();
const kills = 20;

it(
  `has every award it answered for in log, ledger, mirror journal and head office, once, after ${kills} kills`,
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "counterfoil-crash-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const outcome = await crash({ kills, seed: randomInt(2 ** 31), databaseUrl, folder });
    expect(outcome).toMatchObject({ lost: 0, doubled: 0, faults: [] });
    expect(outcome.kills.station + outcome.kills.headOffice, `seed ${outcome.seed}`).toBe(kills);
    expect(outcome.kills.headOffice, `seed ${outcome.seed}`).toBeGreaterThan(0);
    expect(outcome.acknowledged, `seed ${outcome.seed}`).toBeGreaterThan(kills);
  },
);
