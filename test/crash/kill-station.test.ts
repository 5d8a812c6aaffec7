import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { randomInt } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { makeDraw } from "#main/sample/people.ts";
import { layCable, type Cable } from "#main/shell/cli/demo/cable.ts";
import { readRequests, type RecordedRequest } from "#main/shell/cli/demo/recorded-requests.ts";
import { tellAgain } from "#main/shell/cli/demo/tell-again.ts";
import { startHeadOffice, type StartedHeadOffice } from "#server/start-head-office.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { faultsOf, readFileBooks } from "./books-of-file.ts";
import { openCrashStation } from "./crash-station.ts";
import { enterMembers, foundCompany, must } from "./found-company.ts";

const program = fileURLToPath(new URL("award-stream.ts", import.meta.url));
const kills = 20;
/** Room for some awards with their writes to the disk, or for a push, its answer and the pull behind it. */
const streamMsMax = 200;

describe("a station that is killed while it awards", () => {
  const { url: databaseUrl } = withDatabase();
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-crash-"));
  const file = join(folder, "station.db");
  const pushes: RecordedRequest[] = [];
  const onLine = new EventEmitter();
  let started: StartedHeadOffice;
  let cable: Cable;

  beforeAll(async () => {
    started = await startHeadOffice({ dataDir: folder, databaseUrl });
    cable = await layCable(started.url, () =>
      readRequests((request) => {
        if (request.path !== syncPath.push) return;
        pushes.push(request);
        onLine.emit("push");
      }),
    );
    const code = await foundCompany(started.headOffice);
    const station = openCrashStation(file);
    must(await station.enrol({ url: cable.url, code }));
    await station.exchangeNow();
    enterMembers(station, 5);
    await station.close();
  });
  afterAll(async () => {
    await cable.close();
    await started.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Lets the stream run for a while after it has begun, kills it, and returns the ids that it had answered with.
   *
   * @param hasLine whether the line is whole; then the while begins with a push, so that the kill comes in or after it
   */
  async function awardUntilKilled(streamMs: number, hasLine: boolean): Promise<readonly string[]> {
    const child = spawn(process.execPath, [program, file], { stdio: ["ignore", "pipe", "inherit"] });
    const acknowledged: string[] = [];
    const lines = createInterface(child.stdout).on("line", (line) => acknowledged.push(line));
    const closed = once(child, "close");
    const begun = Promise.all([once(lines, "line"), hasLine ? once(onLine, "push") : undefined]);
    await Promise.race([begun, closed]);
    await sleep(streamMs);
    child.kill("SIGKILL");
    const [code, signal] = (await closed) as [number | null, string | null];
    expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
    return acknowledged;
  }

  it(`has every award it answered for in log, ledger and head office, once, after ${kills} kills`, { timeout: 120_000 }, async () => {
    const seed = randomInt(2 ** 32);
    const draw = makeDraw(seed);
    const acknowledged: string[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const hasLine = kill % 2 === 0;
      if (hasLine) cable.restore();
      else cable.cut();
      const answered = await awardUntilKilled(draw.below(streamMsMax), hasLine);
      expect(answered.length, `seed ${seed}: awards before kill ${kill}`).toBeGreaterThan(0);
      acknowledged.push(...answered);
    }

    cable.restore();
    const station = openCrashStation(file);
    const books = readFileBooks(station, file);
    const logged = new Set(books.operations.map(({ opId }) => opId));
    expect(logged.size, `seed ${seed}: operations in the log, each once`).toBe(books.operations.length);
    expect(
      acknowledged.filter((opId) => !logged.has(opId)),
      `seed ${seed}: lost awards`,
    ).toEqual([]);
    expect(faultsOf(books), `seed ${seed}`).toEqual([]);

    for (let turn = 0; turn < 3; turn += 1) await station.exchangeNow();
    expect(station.status().sync, `seed ${seed}`).toMatchObject({ line: "online", waitingOperations: 0, quarantinedOperations: 0 });
    expect(faultsOf(readFileBooks(station, file)), `seed ${seed}: after the grants`).toEqual([]);
    const atHeadOffice = await readInbox(databaseUrl);
    expect(atHeadOffice, `seed ${seed}`).toEqual(books.operations.map(({ opId, seq }) => ({ opId, seq, verdict: "applied" })));
    const { admin } = started.headOffice;
    const agreed = await admin.balances(undefined);
    expect(station.counter.balances({}), `seed ${seed}`).toEqual(agreed);
    expect(await admin.verify(), `seed ${seed}`).toEqual({ ok: true, damaged: [] });
    await station.close();

    const toldAgain = await tellAgain({ name: "A", pushes }, started.url);
    expect(toldAgain, `seed ${seed}`).toBeGreaterThanOrEqual(books.operations.length);
    expect(await readInbox(databaseUrl), `seed ${seed}`).toEqual(atHeadOffice);
    expect(await admin.balances(undefined), `seed ${seed}`).toEqual(agreed);
  });
});

async function readInbox(databaseUrl: string): Promise<readonly { opId: string; seq: number; verdict: string }[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const { rows } = await pool.query<{ opId: string; seq: number; verdict: string }>(
      `select op_id as "opId", seq::int, verdict from op_inbox where replica <> 0 order by seq`,
    );
    return rows;
  } finally {
    await pool.end();
  }
}
