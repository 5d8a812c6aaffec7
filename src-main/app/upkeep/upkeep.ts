import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Backup, BackupShelf, Verified } from "#main/app/ports/upkeep.ts";
import { isBackupDue, outdatedBackups, type BackupPlan } from "./keep-backups.ts";

export type UpkeepPorts = {
  readonly shelf: BackupShelf;
  /** Takes out of the copies who was forgotten in the database. */
  readonly forget: () => Promise<void>;
  readonly plan: BackupPlan;
  readonly wallMs: () => number;
  /** Resolves after the time or when the signal aborts, whichever is first. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
};

export type Upkeep = {
  readonly verify: () => Promise<Verified>;
  /** Makes a copy now, whatever the plan says. @throws Fault `STORAGE_…` */
  readonly backUp: () => Promise<Backup>;
  /** Takes out of journal and backups who was forgotten in the database. @throws Fault `STORAGE_…`; what is left is done the next time */
  readonly forget: () => Promise<void>;
  /** Makes the copies of the plan from now on. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** A counter that was just switched on has people waiting at it. */
const firstLookMs = 60_000;
const betweenLooksMs = 30 * 60_000;

/** Keeps copies of the database: one a day, made while the counter works, and the old ones thinned out behind it. */
export function makeUpkeep({ shelf, forget, plan, wallMs, sleep, log }: UpkeepPorts): Upkeep {
  const stopping = new AbortController();
  let working: Promise<unknown> = Promise.resolve();
  let running: Promise<void> | undefined;

  /** One piece of work at a time: two copies at once would be the same copy, twice as slow. */
  function oneAfterTheOther<T>(work: () => Promise<T>): Promise<T> {
    const mine = working.then(work);
    working = mine.catch(() => undefined);
    return mine;
  }

  const backUp = (): Promise<Backup> =>
    oneAfterTheOther(async () => {
      const made = await shelf.add(wallMs());
      // Only behind a copy that was read back.
      for (const { name } of outdatedBackups(shelf.list(), plan)) shelf.remove(name);
      log.info({ backup: made.name, bytes: made.bytes }, "the data were backed up");
      return made;
    });

  async function look(): Promise<void> {
    try {
      if (isBackupDue(shelf.list(), wallMs())) await backUp();
    } catch (cause) {
      // The counter goes on; the next look tries again.
      log.error({ code: cause instanceof Fault ? cause.code : "INTERNAL" }, "the data could not be backed up");
    }
  }

  async function keepLooking(): Promise<void> {
    await sleep(firstLookMs, stopping.signal);
    while (!stopping.signal.aborted) {
      await look();
      await sleep(betweenLooksMs, stopping.signal);
    }
  }

  return {
    verify: () => oneAfterTheOther(shelf.verify),
    backUp,
    forget: () => oneAfterTheOther(forget),
    start: () => {
      running ??= keepLooking();
    },
    stop: async () => {
      stopping.abort();
      await running;
      await working;
    },
  };
}
