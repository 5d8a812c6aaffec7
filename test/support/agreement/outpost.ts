import { copyFileSync, existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { makeStationClock } from "#main/system/station-clock.ts";
import { openCore, type StationCore } from "#main/station-core.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { LoggedOperation } from "#main/app/ports/store.ts";
import { dataKey, migrationsFolder, newStationFile } from "#test/support/counter.ts";
import type { Company } from "#test/support/company.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { plainPasswords } from "#test/support/plain-passwords.ts";
import { plainPins } from "#test/support/plain-pins.ts";
import { makeIds, type Dice } from "./dice.ts";
import { openUnreliableLine, type Trouble } from "./unreliable-line.ts";

/** What befalls one conversation. */
export type Mishaps = {
  /** Of its requests, one each in their order; after them all goes well. */
  readonly requests: readonly Trouble[];
  /** The power goes right after so many changes were written. */
  readonly powerLastsChanges?: number;
};
const none: Mishaps = { requests: [] };

export type Outpost = Awaited<ReturnType<typeof openOutpost>>;

/** A station as people have it: its real program on an encrypted file, and a line that is down unless a test lifts it for a while. */
export async function openOutpost(at: {
  company: Company;
  serverUrl: string;
  name: string;
  branchCode: string;
  branchId: string;
  dice: Dice;
}) {
  const { company, name, branchCode, branchId, dice } = at;
  const { clock, office, administrator } = company;
  const line = await openUnreliableLine(at.serverUrl);
  const clerk = await hire("clerk");
  const manager = await hire("manager");
  /** What the exchange stumbled over and was neither the line nor the disk. */
  const bugs: string[] = [];
  let clockOffMs = 0;
  let file = newStationFile();
  let core = open();
  let isPowerCut = false;

  async function hire(role: "clerk" | "manager"): Promise<Operator> {
    const userName = `${role} of ${name}`;
    return { staffId: await company.hire(userName, role, branchCode), userName, displayName: userName, role, branchId };
  }

  function open(): StationCore {
    return openCore({
      file,
      dataKey,
      migrationsFolder,
      makeClock: (lastContactMs) => makeStationClock({ wallMs: () => clock.nowMs() + clockOffMs, monotonicMs: clock.nowMs }, lastContactMs),
      random: { bytes: dice.bytes, uuid: makeIds(dice, clock.nowMs) },
      passwords: plainPasswords,
      pins: plainPins,
      // The loop tries again when the test says so, never by itself.
      timers: {
        sleep: (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
        random: () => 0.5,
      },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: ({ error }) => void (error !== "Fault" && bugs.push(String(error))),
      },
      appVersion: "test",
    });
  }

  /** The computer dies: what was committed is on the disk, nothing is sent any more. */
  function cutPower(): void {
    if (isPowerCut) return;
    isPowerCut = true;
    line.down();
    const copy = newStationFile();
    for (const part of ["", "-wal"]) if (existsSync(file + part)) copyFileSync(file + part, copy + part);
    file = copy;
  }

  /** Starts the station again on what the disk had when the power went. */
  async function restart(): Promise<void> {
    cutPower();
    await core.close();
    core = open();
    isPowerCut = false;
  }

  /** Lifts the line while `work` runs. @returns its outcome, or nothing when the power went meanwhile */
  async function online<T>({ requests, powerLastsChanges }: Mishaps, work: (core: StationCore) => Promise<T>): Promise<T | undefined> {
    let changes = 0;
    const stopCounting = core.ports.store.onChange(() => void (++changes === powerLastsChanges && cutPower()));
    line.up(requests, cutPower);
    const outcome = await work(core);
    line.down();
    stopCounting();
    // What goes on behind the back of the counter has ended when it has noticed that the line is down.
    while (core.status().sync.line !== "offline") await setImmediate();
    if (!isPowerCut) return outcome;
    await restart();
    return undefined;
  }

  line.up();
  const { code } = expectOk(await office.admin.createEnrolmentCode(administrator, branchCode));
  expectOk(await core.enrol({ url: line.url, code }));
  await core.exchangeNow();
  line.down();
  const identity = core.ports.store.read((view) => view.identity());
  if (!identity) throw new Error("the station did not join");

  return {
    /** The branch's code, with a number where it has several counters. */
    name,
    branchId,
    replica: identity.replica,
    incarnation: identity.incarnation,
    clerk,
    manager,
    bugs,
    line,
    online,
    restart,
    /** People or an empty battery set the wall clock of this computer wrong by so much. */
    setClockOff: (ms: number): void => void (clockOffMs = ms),
    counter: () => core.counter,
    /** What a screen gets of a card that was swiped here. */
    handleOf: (cardNumber: string): string => core.ports.handles.keep(cardNumber),
    status: () => core.status(),
    store: () => core.ports.store,
    exchange: (mishaps: Mishaps = none) => online(mishaps, (station) => station.exchangeNow()),
    /** With the line up, and nothing in the way. */
    ask: <T>(work: (counter: StationCore["counter"]) => Promise<T>) => online(none, (station) => work(station.counter)),
    /** The whole log, oldest first. */
    log: (): readonly LoggedOperation[] =>
      core.ports.store.read((view) => view.operations.list({ limit: Number.MAX_SAFE_INTEGER })).toReversed(),
    cursors: (): Readonly<Record<string, number>> => core.ports.store.exchange((tx) => tx.cursors()),
    async close(): Promise<void> {
      await line.close();
      await core.close();
    },
  };
}
