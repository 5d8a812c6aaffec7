import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addDays } from "#shared/domain/time/calendar.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { machineCore } from "#main/main.ts";
import { rebuildStation } from "#main/rebuild-station.ts";
import { companyCalls, sampleBranches, sampleStaff } from "#main/sample/company.ts";
import { inChildProcess } from "#main/sample/head-office-program.ts";
import { applyCalls, startHeadOfficeProcess, type HeadOfficeProcess } from "#main/sample/head-office-process.ts";
import { enterMembers, makeVisit, type SampleMember, type SampleStation } from "#main/sample/history.ts";
import { makeDraw, type Draw } from "#main/sample/people.ts";
import { makeSampleClock } from "#main/sample/sample-clock.ts";
import { openCore, type StationCore } from "#main/station-core.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";
import { stderrLog } from "#main/shell/stderr-log.ts";

export type DrillOutcome = {
  readonly ok: boolean;
  /** From the loss of the database until the station served again, as it was. */
  readonly minutes: number;
  readonly operations: number;
  /** Of these, how many head office had not heard of when the database was lost. */
  readonly unsent: number;
  /** Points that a member could use before and cannot use after: at the counter while the line is down, or in the balance when it is up. */
  readonly pointsLost: number;
  readonly pointsGained: number;
};

const memberCount = 20;
const visitsBefore = 60;
const visitsUnsent = 40;
const seed = 4_711;
const minuteMs = 60_000;
const branch = sampleBranches[0].code;

/** What the members of a station have: what it may spend of theirs, and the balance that it would tell them. */
type Holdings = { readonly spendable: ReadonlyMap<string, number>; readonly balances: ReadonlyMap<string, number> };

/**
 * Loses a database on purpose. A head office and a station of their own, a day of awards and redemptions of which the last part was never
 * exchanged; then `station.db` is deleted, rebuilt without a line, compared, and compared again when the line is up.
 */
export async function rebuildDrill(): Promise<DrillOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-drill-"));
  const office = drillHeadOffice(join(folder, "head-office"));
  try {
    const { url, code } = await office.found();
    const station = drillStation(join(folder, "station"));
    const draw = makeDraw(seed);
    const members = await station.openFirst({ url, code }, draw);
    await station.day(draw, members, { from: 1, visits: visitsBefore });
    await office.stop();
    const before = await station.offline(draw, members, { from: visitsBefore + 1, visits: visitsUnsent });

    station.deleteDatabase();
    const lostAtMs = performance.now();
    await station.rebuild();
    const rebuilt = await station.look();
    const minutes = (performance.now() - lostAtMs) / minuteMs;
    await office.restart();
    const agreed = await station.look({ exchanged: true });

    const lostAt = [shortfall(before.spendable, rebuilt.spendable), shortfall(before.balances, agreed.balances)];
    const gained = [shortfall(rebuilt.spendable, before.spendable), shortfall(agreed.balances, before.balances)];
    const pointsLost = Math.max(...lostAt);
    const pointsGained = Math.max(...gained);
    const isWhole = rebuilt.operations === before.operations && agreed.unsent === 0 && (await office.isWhole());
    return {
      ok: pointsLost === 0 && pointsGained === 0 && isWhole,
      minutes: Math.round(minutes * 1000) / 1000,
      operations: rebuilt.operations,
      unsent: before.unsent,
      pointsLost,
      pointsGained,
    };
  } finally {
    await office.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By how many points the members have less than they had. */
function shortfall(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  return [...before].reduce((sum, [member, points]) => sum + Math.max(0, points - (after.get(member) ?? 0)), 0);
}

function drillHeadOffice(dataDir: string) {
  const program = inChildProcess(fileURLToPath(new URL("../../../src-server/main.ts", import.meta.url)));
  let running: HeadOfficeProcess | undefined;
  let port = 0;
  const start = async (): Promise<string> => {
    running = await startHeadOfficeProcess(program, dataDir, port);
    port = Number(new URL(running.url).port);
    return running.url;
  };
  return {
    found: async () => {
      const url = await start();
      const opensOn = addDays(businessDateOf(machineClocks.wallMs()), -1);
      const answers = await applyCalls(program, dataDir, companyCalls(opensOn, addDays(opensOn, 3650)));
      return { url, code: (answers.at(-sampleBranches.length) as { readonly code: string }).code };
    },
    restart: start,
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
    /** Re-reads all books from the bytes that were received. */
    isWhole: async (): Promise<boolean> => {
      const [verified] = await applyCalls(program, dataDir, [{ procedure: "ledger.verify", input: {} }]);
      return (verified as { readonly ok: boolean }).ok;
    },
  };
}

function drillStation(dataDir: string) {
  mkdirSync(dataDir, { mode: 0o700 });
  const file = join(dataDir, "station.db");
  const mirror = { folder: join(dataDir, "mirror"), mayMake: true };
  const common = machineCore({ dataKey: randomBytes(32), log: stderrLog("warn") });
  const open = () => {
    const clock = makeSampleClock(machineClocks.wallMs());
    const core = openCore({ ...common, file, mirror, makeClock: () => clock });
    return { core, clock };
  };
  const visitAll = (
    station: SampleStation,
    draw: Draw,
    members: readonly SampleMember[],
    { from, visits }: { from: number; visits: number },
  ): void => {
    for (let receipt = from; receipt < from + visits; receipt += 1)
      makeVisit(station, draw.oneOf(members), draw, { atMs: machineClocks.wallMs(), receipt });
  };

  return {
    openFirst: async (joining: { readonly url: string; readonly code: string }, draw: Draw): Promise<readonly SampleMember[]> => {
      const { core, clock } = open();
      const enrolled = await core.enrol(joining);
      if (!enrolled.ok) throw new Error(`the drill's station cannot be enrolled: ${enrolled.error.code}`);
      await core.exchangeNow();
      const members = enterMembers(counterOf(core, clock.set), draw, {
        count: memberCount,
        firstIndex: 0,
        startMs: machineClocks.wallMs(),
      });
      await core.close();
      return members;
    },
    /** Visits with a line, exchanged when they are over. */
    day: async (draw: Draw, members: readonly SampleMember[], visits: { from: number; visits: number }): Promise<void> => {
      const { core, clock } = open();
      visitAll(counterOf(core, clock.set), draw, members, visits);
      for (let turn = 0; turn < 3; turn += 1) await core.exchangeNow();
      await core.close();
    },
    /** Visits that stay here. @returns what the members have after them */
    offline: async (draw: Draw, members: readonly SampleMember[], visits: { from: number; visits: number }) => {
      const { core, clock } = open();
      visitAll(counterOf(core, clock.set), draw, members, visits);
      const found = lookAt(core);
      await core.close();
      return found;
    },
    deleteDatabase: (): void => {
      for (const name of readdirSync(dataDir)) if (name.startsWith("station.db")) rmSync(join(dataDir, name));
    },
    rebuild: async () => rebuildStation({ dataDir, core: common, mirror, fromJournal: undefined }),
    look: async ({ exchanged = false } = {}) => {
      const core = openCore({ ...common, file, mirror, makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs) });
      for (let turn = 0; exchanged && turn < 3; turn += 1) await core.exchangeNow();
      const found = lookAt(core);
      await core.close();
      return found;
    },
  };
}

function counterOf(core: StationCore, setClock: (atMs: number) => void): SampleStation {
  const { userName } = sampleStaff.find((person) => person.branch === branch && person.role === "clerk") ?? { userName: "" };
  const record = core.ports.store.read((view) => view.staff.findByUserName(userName));
  if (!record) throw new Error("the drill's clerk did not arrive");
  const { staffId, displayName, role, branchId } = record;
  const clerk = { staffId, userName, displayName, role, branchId };
  return { branch, counter: core.counter, clerk, setClock, uuid: core.ports.random.uuid };
}

function lookAt({ ports, counter }: StationCore): Holdings & { readonly operations: number; readonly unsent: number } {
  return ports.store.read((view) => ({
    spendable: new Map(
      view.members
        .all()
        .map(({ memberId, memberNumber }) => [memberNumber, view.rights.of(memberId).reduce((sum, { points }) => sum + points, 0)]),
    ),
    balances: new Map(Object.entries(counter.balances({}).balances)),
    operations: view.operations.count(),
    unsent: view.exchange.waiting().operations,
  }));
}
