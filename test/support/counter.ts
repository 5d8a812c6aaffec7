import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { uuidv7 } from "uuidv7";
import { noDevices } from "#main/app/devices/no-devices.ts";
import type { Devices } from "#main/app/ports/devices.ts";
import { makeCardHandles } from "#main/app/cards/card-handles.ts";
import { makeCounter } from "#main/app/counter.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { HeadOfficeLine } from "#main/app/ports/head-office.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Passwords } from "#main/app/ports/passwords.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Store } from "#main/app/ports/store.ts";
import { keepMirror } from "#main/app/durability/keep-mirror.ts";
import { openDatabase, type StationDatabase } from "#main/db/open-database.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { diskVolume } from "#main/mirror/volume.ts";
import { sampleCardKind } from "#main/sample/company.ts";
import { makeDeviceKey } from "#main/security/device-key.ts";
import { openCore, type CoreOptions, type StationCore } from "#main/station-core.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import type { ClockReading } from "#shared/domain/operations/operation.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Result } from "#shared/std/result.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { plainPasswords, plainVerifier } from "#test/support/plain-passwords.ts";
import { plainPins } from "#test/support/plain-pins.ts";

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

const branchA = { branchId: "branch-a", code: "A", name: "城东店" };
const branchB = { branchId: "branch-b", code: "B", name: "城西店" };
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

/** The clerk of the other shift at the same counter. */
export const otherClerk: Operator = {
  staffId: "0190a000-0000-7000-8000-000000000003",
  userName: "lin",
  displayName: "林小满",
  role: "clerk",
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
  giftId: null,
};

export const dataKey = Buffer.alloc(32, 7);
export const ownIncarnation = "00000000000000a1";
const random = { bytes: (length: number) => randomBytes(length), uuid: () => uuidv7() };

export const newStationFile = (): string => join(mkdtempSync(join(tmpdir(), "counterfoil-")), "station.db");

/** A station of branch A, enrolled, with rules and plans as if head office had published them, and no line. */
export function openTestStation(
  options: { file?: string; clock?: TestClock; mirror?: CoreOptions["mirror"]; machine?: string; log?: Logger; dataKey?: Uint8Array } = {},
): StationCore & { readonly clock: TestClock } {
  const clock = options.clock ?? new TestClock();
  const core = openCore({
    file: options.file ?? newStationFile(),
    dataKey: options.dataKey ?? dataKey,
    migrationsFolder,
    makeClock: () => clock,
    random,
    passwords: plainPasswords,
    pins: plainPins,
    timers: {
      sleep: (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
      random: () => 0.5,
    },
    log: options.log ?? quietLog,
    appVersion: "test",
    mirror: options.mirror,
    machine: options.machine,
  });
  if (!core.isEnrolled()) enrolForTest(core.ports.store, clock);
  return Object.assign(core, { clock });
}

/** What the first exchange would have brought. */
function enrolForTest(store: Store, clock: Clock): void {
  store.exchange((tx) => {
    tx.keepDeviceKey(makeDeviceKey());
    tx.enrolled({
      replica: 1,
      incarnation: ownIncarnation,
      earlierLives: [],
      branchId: branchA.branchId,
      serverId: "server",
      serverEpoch: 1,
      headOfficeUrl: "http://127.0.0.1:9",
      headOfficeKey: Buffer.alloc(32),
      directoryKey,
      isSample: false,
    });
    const put = <K extends keyof FeedRecords>(kind: K, id: string, record: FeedRecords[K]): void => tx.putRow(kind, id, record, 1, 1);
    put("branch", branchA.branchId, branchA);
    put("branch", branchB.branchId, branchB);
    put("rule", "purchase/1", purchaseRule);
    put("rule", "contract/1", contractRule);
    put("plan", "tea", teaPlan);
    put("cardKind", sampleCardKind.kind, sampleCardKind);
    for (const person of [clerk, otherClerk, manager]) put("staff", person.staffId, accountOf(person));
    tx.contact(clock.wallMs(), "0000000000000000");
  });
}

export const directoryKey = Buffer.alloc(32, 3);

/** The account behind an operator; the password is the user name and `-secret`. */
export const accountOf = ({ staffId, role, branchId, userName, displayName }: Operator): FeedRecords["staff"] => ({
  staffId,
  role,
  branchId,
  isActive: true,
  userName,
  displayName,
  verifier: plainVerifier(`${userName}-secret`),
});

/** Card number of the n-th test card. */
export const cardNumber = (n: number): string => cardNumberOf(sampleCardKind, n);

/** A line to head office that a test answers for; down until it says otherwise. */
class TestLine implements HeadOfficeLine {
  up = false;
  act: HeadOfficeLine["act"] = () => Promise.resolve({ ok: false, error: { code: "NEEDS_HEAD_OFFICE", data: {} } });
  draw: HeadOfficeLine["draw"] = () => Promise.resolve({ ok: false, error: { code: "NEEDS_HEAD_OFFICE", data: {} } });
  find: HeadOfficeLine["find"] = () => Promise.resolve({ ok: false, error: { code: "NEEDS_HEAD_OFFICE", data: {} } });
  isUp = (): boolean => this.up;
}

export type TestCounter = ReturnType<typeof openCounter>;

/** The counter of branch A on a real encrypted database, with a clock and a line of the test's own. */
export function openCounter(
  options: { file?: string; clock?: TestClock; passwords?: Passwords; log?: Logger; devices?: Devices; mirrorFolder?: string } = {},
) {
  const clock = options.clock ?? new TestClock();
  const line = new TestLine();
  const file = options.file ?? newStationFile();
  const database: StationDatabase = openDatabase(file, dataKey, migrationsFolder);
  const store = makeSqliteStore(database, { clock, random });
  const { mirrorFolder: folder } = options;
  const place =
    folder === undefined
      ? undefined
      : makeMirrorPlace({ volume: diskVolume, folder, mayMake: true, dataKey, wallMs: clock.wallMs, log: quietLog });
  const mirror = keepMirror({ store, place, clock, log: quietLog });
  store.onCommit(mirror.keep);
  const { passwords = plainPasswords, log = quietLog } = options;
  const ports: Ports = {
    store,
    clock,
    random,
    passwords,
    pins: plainPins,
    headOffice: line,
    handles: makeCardHandles({ clock, random }),
    log,
    devices: options.devices ?? noDevices,
  };
  if (!store.read((view) => view.identity())) enrolForTest(store, clock);
  const use = makeCounter(ports, undefined);
  let receipts = 0;

  return {
    ...use,
    ports,
    store,
    database,
    clock,
    line,
    file,
    close: () => {
      mirror.close();
      store.close();
    },
    /** A member of this branch, with a card unless told otherwise. */
    member: (person: { name?: string; phone?: string; card?: number | null } = {}): MemberCard => {
      const { name = "王小明", phone = `138${String(people++).padStart(8, "0")}`, card = cards++ } = person;
      const made = value(use.createMember({ requestId: uuidv7(), name, phones: [phone] }, clerk));
      return card === null
        ? made
        : value(use.issueCard({ requestId: uuidv7(), memberId: made.memberId, card: { number: cardNumber(card) } }, clerk));
    },
    /** An award of so many points by the purchase rule, a point for each yuan. */
    give: (memberId: string, points: number, by: Operator = clerk) =>
      value(
        use.award(
          {
            requestId: uuidv7(),
            memberId,
            purchase: { receiptNumber: `T${++receipts}-${uuidv7()}`, amountFen: points * 100 },
            ruleId: "purchase",
            ruleVersion: 1,
          },
          by,
        ),
      ),
    /** A redemption of so many tins of tea, 80 points each. */
    tea: (memberId: string, quantity = 1, requestId = uuidv7()) =>
      use.redeem({ requestId, memberId, planId: "tea", planVersion: 1, quantity }, clerk),
    undo: (undoes: string, by: Operator = clerk) => use.voidMovement({ requestId: uuidv7(), undoes, reason: "typed twice" }, by),
    /** Types of all operations in the log, oldest first. */
    operations: (): string[] =>
      store
        .read((view) => view.operations.list({ limit: 1000 }))
        .map(({ type }) => type)
        .toReversed(),
    /** As the feed would bring it. */
    hear: <K extends keyof FeedRecords>(kind: K, id: string, record: FeedRecords[K], asOfMs = 1): void =>
      store.exchange((tx) => tx.putRow(kind, id, record, 1, asOfMs)),
  };
}
let cards = 1;
let people = 1;

/** What a use case must grant for the test to go on. */
export function value<T, E extends { readonly code: string }>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${result.error.code}`);
  return result.value;
}

/** The code by which a use case refused. */
export function refusal<T, E extends { readonly code: string }>(result: Result<T, E>): E {
  if (result.ok) throw new Error("it was not refused");
  return result.error;
}
