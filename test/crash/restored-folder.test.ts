import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHeadOffice, type StartedHeadOffice } from "#server/start-head-office.ts";
import type { StationCore } from "#main/station-core.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { clerkOf, openCrashStation, purchaseRule } from "./crash-station.ts";
import { enterMembers, foundCompany, must } from "./found-company.ts";

const { url: databaseUrl } = withDatabase();
const folder = mkdtempSync(join(tmpdir(), "counterfoil-restored-"));
const data = join(folder, "data");
const backup = join(folder, "backup");
let started: StartedHeadOffice;

beforeAll(async () => {
  mkdirSync(data);
  started = await startHeadOffice({ dataDir: folder, databaseUrl });
});
afterAll(async () => {
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (): StationCore => openCrashStation(join(data, "station.db"));
function award(station: StationCore, receiptNumber: string): void {
  const [member] = station.ports.store.read((view) => view.members.all());
  const purchase = { receiptNumber, amountFen: 10_000 };
  const request = {
    requestId: station.ports.random.uuid(),
    memberId: member?.memberId ?? "",
    purchase,
    ruleId: purchaseRule,
    ruleVersion: 1,
  };
  must(station.counter.award(request, clerkOf(station)));
}
async function exchange(station: StationCore): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await station.exchangeNow();
}

it("agrees with head office again after the whole folder of last week was put back, and loses no award of either history", async () => {
  const first = open();
  must(await first.enrol({ url: started.url, code: await foundCompany(started.headOffice) }));
  await first.exchangeNow();
  enterMembers(first, 1);
  await exchange(first);
  await first.close();

  // What is in the backup and nowhere else: an award that was not exchanged when it was made.
  const offline = open();
  award(offline, "in the backup");
  await offline.close();
  cpSync(data, backup, { recursive: true });
  const later = open();
  award(later, "after the backup");
  await exchange(later);
  await later.close();

  rmSync(data, { recursive: true });
  cpSync(backup, data, { recursive: true });
  const restored = open();
  await exchange(restored);
  award(restored, "in the new life");
  await exchange(restored);

  expect(restored.status().sync).toMatchObject({ line: "online", waitingOperations: 0, quarantinedOperations: 0, refusedBy: null });
  expect(restored.ports.store.read((view) => view.identity()?.earlierLives.length)).toBe(1);
  const { admin } = started.headOffice;
  expect(await admin.verify()).toEqual({ ok: true, damaged: [] });
  expect(Object.values((await admin.balances(undefined)).balances)).toEqual([300]);
  await restored.close();
});
