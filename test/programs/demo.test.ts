import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Report } from "#main/shell/cli/demo/report.ts";
import { withDatabase } from "#test/support/postgres.ts";

const program = fileURLToPath(new URL("../../src-main/shell/cli/demo.ts", import.meta.url));

/** @param databaseUrl empty for one that head office starts itself */
function startDemo(seed: number, databaseUrl: string, temporaryFolder = tmpdir()) {
  const args = [program, "--headless", "--json", "--seed", String(seed)];
  const child = spawn(process.execPath, args, { env: { ...process.env, COUNTERFOIL_DATABASE_URL: databaseUrl, TMPDIR: temporaryFolder } });
  return { child, ended: Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]) };
}

async function playDemo(seed: number, databaseUrl: string): Promise<Report> {
  const [[code], printed, said] = await startDemo(seed, databaseUrl).ended;
  expect({ code, error: code === 0 ? "" : printed + said }).toEqual({ code: 0, error: "" });
  return JSON.parse(printed) as Report;
}

describe("a day with an outage", () => {
  const { url: databaseUrl } = withDatabase();

  it.each([
    ["a PostgreSQL that head office starts itself", 2026, ""],
    ["a PostgreSQL that is there", 7, databaseUrl],
    ["the same, beside what the day before left there", 7, databaseUrl],
  ])("ends with both branches and head office agreeing, on %s", async (_where, seed, url) => {
    const { agree, stations, headOffice, refusals } = await playDemo(seed, url);
    expect(agree).toBe(true);
    expect(stations.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(Object.keys(headOffice.balances).length).toBeGreaterThanOrEqual(6);
    for (const { balances } of stations) expect(balances).toEqual(headOffice.balances);
    for (const points of Object.values(headOffice.balances)) expect(points).toBeGreaterThanOrEqual(0);
    expect(stations.reduce((sum, { operations }) => sum + operations, 0)).toBe(headOffice.operations);
    for (const station of ["A", "B"]) expect(refusals).toContainEqual({ code: "INSUFFICIENT_POINTS", station });
  });

  it("leaves nothing behind when it is told to end in the middle", async () => {
    const temporaryFolder = mkdtempSync(join(tmpdir(), "demo-test-"));
    onTestFinished(() => rmSync(temporaryFolder, { recursive: true, force: true }));
    const { child, ended } = startDemo(1, databaseUrl, temporaryFolder);
    await once(child.stderr, "data");
    child.kill("SIGINT");
    const [[code], printed] = await ended;
    expect({ code, document: JSON.parse(printed) }).toMatchObject({ code: 3, document: { error: { code: "INTERRUPTED" } } });
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });
});
