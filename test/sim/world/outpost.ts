import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { makeStationClock } from "#main/system/station-clock.ts";
import { openCore, type StationCore } from "#main/station-core.ts";
import type { Moment } from "#main/app/ports/probe.ts";
import type { LoggedOperation } from "#main/app/ports/store.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import { dataKey, migrationsFolder } from "#test/support/counter.ts";
import { plainPasswords } from "#test/support/plain-passwords.ts";
import { plainPins } from "#test/support/plain-pins.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import type { SimulatedBranch } from "./company.ts";
import { makeIds, type Dice } from "./dice.ts";
import type { HeadOfficeHost } from "./head-office-host.ts";
import { openLine, type Trouble } from "./line.ts";
import { blankStationFile, copyOf, emptyFolder } from "./station-files.ts";
import type { Timeline } from "./timeline.ts";

/** The power went at this instruction: nothing behind it is done. */
class PowerCut extends Error {
  override readonly name = "PowerCut";
}

export type Outpost = Awaited<ReturnType<typeof openOutpost>>;

type Surroundings = {
  readonly host: HeadOfficeHost;
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly name: string;
  readonly branch: SimulatedBranch;
  readonly administrator: string;
  /** Whether it has a mirror journal on a second disk. */
  readonly hasMirror?: boolean;
  /** How many operations at once the way to head office takes; all unless told. */
  readonly batchMax?: number | undefined;
  readonly befell: (trouble: Trouble | "batch too large") => void;
  /** The power went at this moment. */
  readonly died: (moment: Moment) => void;
};

/** A station as people have it: its real program on an encrypted file, and a line that is down until somebody lifts it. */
export async function openOutpost({
  host,
  timeline,
  dice,
  name,
  branch,
  administrator,
  hasMirror = false,
  batchMax,
  befell,
  died,
}: Surroundings) {
  const line = openLine({ host, timeline, dice, befell, batchMax });
  /** What the exchange stumbled over and was neither the line nor the disk. */
  const bugs: string[] = [];
  let clockOffMs = 0;
  let file = blankStationFile();
  let putBacks = 0;
  const mirror = hasMirror ? { folder: emptyFolder(), mayMake: true } : undefined;
  let isPowerCut = false;
  /** At which moment the power goes, and how many of them pass before it. */
  let end: { readonly moment: Moment; left: number } | undefined;
  /** Somebody looks into the books from outside: nothing happens to the station because of it. */
  let isLookedInto = false;
  let core = open();
  line.whenPowerCuts(cutPower);

  function open(): StationCore {
    return openCore({
      file,
      dataKey,
      migrationsFolder,
      writtenThrough: "atCheckpoints",
      mirror,
      makeClock: (lastContactMs) =>
        makeStationClock({ wallMs: () => timeline.nowMs() + clockOffMs, monotonicMs: timeline.nowMs }, lastContactMs),
      random: { bytes: dice.bytes, uuid: makeIds(dice, timeline.nowMs) },
      passwords: plainPasswords,
      pins: plainPins,
      timers: { sleep: (ms, signal) => timeline.sleep(ms, signal), random: dice.fraction },
      network: line.network,
      probe: (moment) => {
        if (isLookedInto) return;
        if (isPowerCut) throw new PowerCut();
        if (end?.moment !== moment || end.left-- > 0) return;
        died(moment);
        cutPower();
        throw new PowerCut();
      },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: ({ error }) => void (isPowerCut || error === "Fault" || bugs.push(String(error))),
      },
      appVersion: "test",
    });
  }

  /** The computer dies: what was committed is on the disk, nothing is sent or written any more. */
  function cutPower(): void {
    if (isPowerCut) return;
    isPowerCut = true;
    end = undefined;
    line.down();
    file = copyOf(file);
  }

  /** Starts the station again on what the disk had when the power went. */
  async function restart(): Promise<void> {
    cutPower();
    await timeline.until(core.close());
    isPowerCut = false;
    core = open();
  }

  /** Puts an older copy of the file in its place, and starts the station on it. @param isNoticed by the record beside the file */
  async function putBack(copy: string, isNoticed: boolean): Promise<void> {
    cutPower();
    await timeline.until(core.close());
    file = copy;
    putBacks += 1;
    isPowerCut = false;
    core = open();
    if (isNoticed) core.ports.store.repair((tx) => tx.beginLife(Buffer.from(dice.bytes(8)).toString("hex")));
  }

  /** Lifts the line while `work` runs. @returns its outcome, or nothing when the power went meanwhile */
  async function online<T>(troubles: readonly Trouble[], work: (core: StationCore) => Promise<T>): Promise<T | undefined> {
    line.up(troubles);
    const outcome = await timeline.until(work(core));
    line.down();
    // What goes on behind the back of the counter has ended when it has noticed that the line is down.
    await timeline.settle();
    if (!isPowerCut) return outcome;
    await restart();
    return undefined;
  }

  const identity = (): StationIdentity => {
    const self = core.ports.store.read((view) => view.identity());
    if (!self) throw new Error("the station did not join");
    return self;
  };

  const { code } = expectOk(await timeline.until(host.office().admin.createEnrolmentCode(administrator, branch.code)));
  await online([], async (joining) => {
    expectOk(await joining.enrol({ url: "http://127.0.0.1", code }));
    await joining.exchangeNow();
  });
  const { replica } = identity();

  return {
    /** The branch's code, with a number where it has several counters. */
    name,
    branchId: branch.branchId,
    clerk: branch.clerk,
    manager: branch.manager,
    replica,
    /** The present life of its database. */
    get incarnation(): string {
      return identity().incarnation;
    },
    identity,
    bugs,
    line,
    online,
    hasMirror,
    cutPower,
    restart,
    /** @returns a copy of the file as it is now */
    backUp: (): string => copyOf(file),
    putBack,
    /** Folders that hold what this station writes. */
    folders: (): readonly string[] => [dirname(file), ...(mirror ? [mirror.folder] : [])],
    file: (): string => file,
    upkeep: () => core.upkeep,
    /** How often its database was an older one all at once. */
    putBacks: (): number => putBacks,
    /** The power goes when so many of these moments have passed. */
    endAt: (moment: Moment, after: number): void => void (end = { moment, left: after }),
    endNever: (): void => void (end = undefined),
    isOff: (): boolean => isPowerCut,
    /** People or an empty battery set the wall clock of this computer wrong by so much. */
    setClockOff: (ms: number): void => void (clockOffMs = ms),
    counter: () => core.counter,
    /** What a screen gets of a card that was swiped here. */
    handleOf: (cardNumber: string): string => core.ports.handles.keep(cardNumber),
    status: () => core.status(),
    store: () => core.ports.store,
    exchangeNow: () => core.exchangeNow(),
    exchange: (troubles: readonly Trouble[] = []) => online(troubles, (station) => station.exchangeNow()),
    /** With the line up, and nothing in the way. */
    ask: <T>(work: (counter: StationCore["counter"]) => Promise<T>) => online([], (station) => work(station.counter)),
    /** The whole log, oldest first. */
    log: (): readonly LoggedOperation[] =>
      core.ports.store.read((view) => view.operations.list({ limit: Number.MAX_SAFE_INTEGER })).toReversed(),
    cursors(): Readonly<Record<string, number>> {
      isLookedInto = true;
      try {
        return core.ports.store.exchange((tx) => tx.cursors());
      } finally {
        isLookedInto = false;
      }
    },
    async close(): Promise<void> {
      line.down();
      await timeline.until(core.close());
      rmSync(dirname(file), { recursive: true, force: true });
    },
  };
}
