import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { HttpBindings } from "@hono/node-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { makeSyncApp } from "#server/http/sync-app.ts";
import { openHeadOfficeOn } from "#server/open-head-office.ts";
import { placesOf } from "#main/db/snapshot/places.ts";
import { openCore, type StationCore } from "#main/station-core.ts";
import { makeStationClock } from "#main/system/station-clock.ts";
import { systemNetwork } from "#main/sync/http-line.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { pullRequest, syncPath } from "#shared/contracts/sync/wire.ts";
import { makeMemoryDatabase } from "#test/sim/memory-store/memory-database.ts";
import { openMemoryStore } from "#test/sim/memory-store/open-memory-store.ts";
import { foundCompany, type FoundedCompany } from "#test/sim/world/company.ts";
import { cardNumber, dataKey, migrationsFolder, newStationFile, quietLog, value } from "#test/support/counter.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import { plainPasswords } from "#test/support/plain-passwords.ts";
import { plainPins } from "#test/support/plain-pins.ts";
import { enrolStation, expectOk } from "#test/support/simulated-station.ts";

const fromRows = 10;
const unsent = 500;
const file = newStationFile();
const clock = makeHandClock();
const fromLoopback = { incoming: { socket: { remoteAddress: "127.0.0.1" } } } as unknown as HttpBindings;
const noLimit = { burst: 1_000_000, perSecond: 1_000_000 };
const quickly = { interval: 50, timeout: 30_000 };

let company: FoundedCompany;
let core: StationCore;
let members: readonly string[];
let closeOffice: () => Promise<void>;
/** Nothing that the counter writes goes out. */
let isPushBroken = false;
/** A chunk is under way until the test says so. */
let isChunkAskedFor = false;
let sendChunk: () => void = () => undefined;
const chunkMayCome = new Promise<void>((resolve) => (sendChunk = resolve));
const lines: string[] = [];
/** How far the directory was read, by each question for more of it. */
const readTo: number[] = [];
let repairs = 0;

beforeAll(async () => {
  const closing = new AbortController();
  const machine = { clock, random: randomBytes, log: () => undefined };
  const office = await openHeadOfficeOn(openMemoryStore(makeMemoryDatabase()), machine, { snapshotsFromRows: fromRows });
  company = await foundCompany(office);
  const { nowMs } = clock;
  const limits = { stranger: noLimit, station: noLimit };
  const app = makeSyncApp(office, { reportIncident: String, closing: closing.signal, nowMs, limits });
  closeOffice = async () => {
    closing.abort();
    await office.close();
  };

  const [branchA, branchB] = company.branches;
  if (!branchA || !branchB) throw new Error("two branches were asked for");
  const other = await enrolStation({ office, clock, branchCode: "A", staffId: branchA.clerk.staffId });
  members = Array.from({ length: fromRows }, (_, i) => other.createMember(String(40_000_000_000 + i)));
  await other.push();

  core = openCore({
    file,
    dataKey,
    migrationsFolder,
    writtenThrough: "atCheckpoints",
    makeClock: (lastContactMs) => makeStationClock({ wallMs: nowMs, monotonicMs: nowMs }, lastContactMs),
    random: { bytes: (length) => randomBytes(length), uuid: () => uuidv7() },
    passwords: plainPasswords,
    pins: plainPins,
    timers: {
      sleep: (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
      random: () => 0.5,
    },
    network: {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const { pathname } = new URL(request.url);
        if (isPushBroken && pathname === syncPath.push) throw new TypeError("fetch failed");
        if (pathname === syncPath.repair) repairs += 1;
        if (pathname === syncPath.pull) {
          const { cursors, without } = pullRequest.parse(await request.clone().json());
          if (!without?.includes(streams.directory)) readTo.push(cursors[streams.directory] ?? 0);
        }
        if (pathname === syncPath.snapshotChunk) {
          isChunkAskedFor = true;
          await chunkMayCome;
        }
        return app.fetch(request, fromLoopback);
      },
      deadline: () => new AbortController().signal,
      breathe: systemNetwork.breathe,
    },
    snapshotsFromRows: fromRows,
    log: quietLog,
    appVersion: "test",
  });
  core.subscribe((event) => void (event.type === "status" && lines.push(event.status.sync.line)));
  const { code } = expectOk(await office.admin.createEnrolmentCode(company.administrator.staffId, "B"));
  expectOk(await core.enrol({ url: "http://127.0.0.1", code }));
});
afterAll(async () => {
  sendChunk();
  await core.close();
  await closeOffice();
});

const hasDirectory = (): boolean =>
  members.every((memberId) => core.ports.store.read((view) => view.directory.find(memberId)) !== undefined);

it("a directory that comes as one file while 500 operations are unsent takes nothing of them, and they go out afterwards", async () => {
  await expect
    .poll(async () => {
      await core.exchangeNow();
      return isChunkAskedFor;
    }, quickly)
    .toBe(true);
  expect(hasDirectory()).toBe(false);

  const [, branch] = company.branches;
  if (!branch) throw new Error("the station stands at a branch");
  isPushBroken = true;
  const { memberId } = value(core.counter.createMember({ requestId: uuidv7(), name: "王小明", phones: ["13700000001"] }, branch.clerk));
  value(core.counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(1) } }, branch.clerk));
  for (let i = 2; i < unsent; i += 1) {
    const purchase = { receiptNumber: `S${i}`, amountFen: 100 };
    value(core.counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "spend", ruleVersion: 1 }, branch.clerk));
  }
  const logged = () => core.ports.store.read((view) => view.operations.list({ limit: unsent * 2 }));
  const written = logged();
  expect(written).toHaveLength(unsent);
  sendChunk();

  await expect
    .poll(async () => {
      await core.exchangeNow();
      return hasDirectory();
    }, quickly)
    .toBe(true);
  expect(logged()).toEqual(written);
  expect(core.status().sync.waitingOperations).toBe(unsent);
  expect(value(core.counter.balance({ memberId })).spendableHere).toBe(unsent - 2);
  expect(existsSync(placesOf(file).before)).toBe(true);

  isPushBroken = false;
  await core.exchangeNow();
  await core.exchangeNow();
  expect(core.status().sync.waitingOperations).toBe(0);
  expect(new Set(logged().map(({ state }) => state))).toEqual(new Set(["applied"]));
  // The old file stays until head office has greeted the new one.
  expect(existsSync(placesOf(file).before)).toBe(false);
  expect(lines).toContain("settingIn");
});

it("what came as one file adds up to what head office has: nothing of it is asked for again", async () => {
  await core.exchangeNow();
  const { count } = core.ports.store.exchange((tx) => tx.sumOf(streams.directory));
  expect(count).toBe(core.ports.store.read((view) => members.flatMap((id) => view.directory.find(id) ?? [])).length + 1);
  expect(repairs).toBe(0);
  expect(readTo.length).toBeGreaterThan(0);
  expect(Math.min(...readTo)).toBeGreaterThanOrEqual(fromRows);
});
