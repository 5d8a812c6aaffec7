import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { StationCore } from "#main/station-core.ts";
import { serveHeadOffice, type Serving } from "#server/http/serve-head-office.ts";
import { startMemoryHeadOffice, type MemoryHeadOffice } from "#test/sim/memory-store/memory-head-office.ts";
import { clerkOf, openCrashStation } from "./crash-station.ts";
import { awardTo, enterMembers, foundCompany, must } from "./found-company.ts";
import { layRoughLine, type Break, type RoughLine } from "./rough-line.ts";

const folder = mkdtempSync(join(tmpdir(), "counterfoil-rough-"));
const noLimit = { burst: 1_000_000, perSecond: 1_000_000 };
let running: MemoryHeadOffice;
let serving: Serving;
let line: RoughLine;
let station: StationCore;
const incidents: string[] = [];

beforeAll(async () => {
  running = await startMemoryHeadOffice({ clock: { nowMs: Date.now }, random: randomBytes, log: () => undefined });
  serving = await serveHeadOffice({
    headOffice: running.office,
    host: "127.0.0.1",
    port: 0,
    limits: { stranger: noLimit, station: noLimit },
    reportIncident: (where, cause) => {
      incidents.push(`${where}: ${String(cause)}`);
      return "incident";
    },
  });
  line = await layRoughLine(serving.url);
  // It exchanges when it is told to, and not by itself.
  station = openCrashStation(join(folder, "station.db"), { patience: 1_000_000 });
  must(await station.enrol({ url: line.url, code: await foundCompany(running.office) }));
  await station.exchangeNow();
  enterMembers(station, 1);
  await station.exchangeNow();
});
afterAll(async () => {
  await station.close();
  await line.close();
  await serving.close();
  rmSync(folder, { recursive: true, force: true });
});

/** More than a byte at a time, and no divisor of anything: each round meets other places of the requests. */
const stepBytes = 151;

/** One award and one exchange for each place at which the line may break. @returns at how many it broke */
async function breakEverywhere(way: Break["way"], how: Break["how"]): Promise<number> {
  const by = clerkOf(station);
  const [{ memberId } = { memberId: "" }] = station.ports.store.read((view) => view.members.all());
  for (let places = 0; ; places++) {
    awardTo(station, memberId, 6_000, by);
    line.breakOnce({ way, how, afterBytes: places * stepBytes });
    await station.exchangeNow();
    if (!line.mend()) return places;
    expect((await station.exchangeNow()).sync, `${way} ${how} after ${places * stepBytes} bytes`).toMatchObject({
      line: "online",
      waitingOperations: 0,
      quarantinedOperations: 0,
    });
  }
}

it.each([
  ["up", "reset"],
  ["up", "close"],
  ["down", "reset"],
  ["down", "close"],
] as const)("has every award once when the line breaks at any place on the way %s, by a %s", async (way, how) => {
  expect(await breakEverywhere(way, how)).toBeGreaterThan(9);
  const { operations } = station.ports.store.exchange((tx) => tx.outbox(0, { maxOperations: 100_000, maxBytes: Number.MAX_SAFE_INTEGER }));
  const inbox = running.database.tables.inbox.all().filter(({ replica }) => replica > 0);
  expect(inbox.map(({ opId, verdict }) => [opId, verdict])).toEqual(operations.map(({ opId }) => [opId, "applied"]));
  expect(await running.office.admin.balances(undefined)).toEqual(station.counter.balances({}));
  expect(await running.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  expect(incidents).toEqual([]);
});
