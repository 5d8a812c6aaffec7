import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { uuidv7 } from "uuidv7";
import type { Clock } from "#main/app/ports/clock.ts";
import { openCore, type StationCore } from "#main/station-core.ts";
import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { ClockReading } from "#shared/domain/operations/operation.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";

export const migrationsFolder = fileURLToPath(new URL("../../drizzle/branch", import.meta.url));
export const quietLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A clock that a test owns. */
export class TestClock implements Clock {
  atMs: number;
  read: ClockReading = { off: 0, err: 0, doubt: false };
  constructor(iso = "2026-05-12T10:00:00+08:00") {
    this.atMs = Date.parse(iso);
  }
  nowMs = (): number => this.atMs;
  wallMs = (): number => this.atMs;
  businessDate = (): string => businessDateOf(this.atMs);
  reading = (): ClockReading => this.read;
  heard = (): void => undefined;
  /** @param iso an instant with its offset */
  set(iso: string): void {
    this.atMs = Date.parse(iso);
  }
}

export const branchA = { branchId: "branch-a", code: "A", name: "城东店" };
export const branchB = { branchId: "branch-b", code: "B", name: "城西店" };
export const clerk: Operator = {
  staffId: "0190a000-0000-7000-8000-000000000001",
  userName: "chen",
  displayName: "陈雨桐",
  role: "clerk",
  branchId: "branch-a",
};
export const manager: Operator = {
  staffId: "0190a000-0000-7000-8000-000000000002",
  userName: "zhao",
  displayName: "赵明远",
  role: "manager",
  branchId: "branch-a",
};

export const purchaseRule: FeedRecords["rule"] = {
  ruleId: "purchase",
  version: 1,
  name: { "zh-CN": "门店消费", "en-US": "Shop purchase" },
  points: 1,
  perFen: 100,
  approval: "none",
  validMonths: 12,
  opensOn: "2026-01-01",
  closesOn: null,
};
export const contractRule: FeedRecords["rule"] = {
  ...purchaseRule,
  ruleId: "contract",
  perFen: 1_000_000,
  approval: "headOffice",
  validMonths: null,
};
export const teaPlan: FeedRecords["plan"] = {
  planId: "tea",
  version: 1,
  name: { "zh-CN": "龙井茶一罐", "en-US": "Tin of Longjing tea" },
  costPoints: 80,
  opensOn: "2026-01-01",
  closesOn: "2030-12-31",
};

/** A station of branch A, enrolled, with rules and plans as if head office had published them, and no line. */
export function openTestStation(options: { file?: string; clock?: TestClock } = {}): StationCore & { readonly clock: TestClock } {
  const clock = options.clock ?? new TestClock();
  const core = openCore({
    file: options.file ?? join(mkdtempSync(join(tmpdir(), "counterfoil-")), "station.db"),
    dataKey: Buffer.alloc(32, 7),
    migrationsFolder,
    makeClock: () => clock,
    random: { bytes: (length) => randomBytes(length), uuid: () => uuidv7() },
    passwords: { verify: (verifier, password) => Promise.resolve(verifier === `plain:${password}`) },
    timers: {
      sleep: (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
      random: () => 0.5,
    },
    log: quietLog,
    appVersion: "test",
  });
  if (!core.isEnrolled()) enrolForTest(core);
  return Object.assign(core, { clock });
}

/** What the first exchange would have brought. */
function enrolForTest(core: StationCore): void {
  core.ports.store.exchange((tx) => {
    tx.enrolled({
      replica: 1,
      incarnation: "00000000000000a1",
      branchId: branchA.branchId,
      serverId: "server",
      serverEpoch: 1,
      headOfficeUrl: "http://127.0.0.1:9",
      headOfficeKey: new Uint8Array(32),
      directoryKey: Buffer.alloc(32, 3),
      isSample: false,
    });
    const put = <K extends keyof FeedRecords>(kind: K, id: string, record: FeedRecords[K]): void => tx.putRow(kind, id, record, 1, 1);
    put("branch", branchA.branchId, branchA);
    put("branch", branchB.branchId, branchB);
    put("rule", "purchase/1", purchaseRule);
    put("rule", "contract/1", contractRule);
    put("plan", "tea", teaPlan);
    put("cardKind", "ordinary", {
      kind: "ordinary",
      name: { "zh-CN": "普通卡", "en-US": "Ordinary card" },
      role: "main",
      prefix: "8888",
      length: 12,
      check: "luhn",
    });
    for (const { staffId, role, branchId, userName, displayName } of [clerk, manager])
      put("staff", staffId, { staffId, role, branchId, isActive: true, userName, displayName, verifier: `plain:${userName}-secret` });
    tx.contact(core.ports.clock.wallMs(), "0000000000000000");
  });
}
