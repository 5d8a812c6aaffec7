import { describe, expect, it } from "vitest";
import { isBackupDue, outdatedBackups, usualPlan } from "#main/app/upkeep/keep-backups.ts";
import type { Backup } from "#main/app/ports/upkeep.ts";

const day = 24 * 60 * 60 * 1000;
const now = Date.parse("2026-11-22T04:30:00Z");
const backup = (atMs: number): Backup => ({ name: new Date(atMs).toISOString(), atMs, bytes: 1 });
const daysAgo = (days: number): Backup => backup(now - days * day);
const datesOf = (backups: readonly Backup[]): readonly string[] => backups.map(({ name }) => name.slice(0, 10)).toSorted();

describe("of a copy a day, there are kept", () => {
  const all = Array.from({ length: 60 }, (_, days) => daysAgo(days));
  const kept = all.filter((each) => !outdatedBackups(all, usualPlan).includes(each));

  it("those of the last seven days, and the last of each of four weeks", () => {
    // 22 November 2026 is a Sunday, the last day of its week.
    const lastOfWeeks = ["2026-11-01", "2026-11-08", "2026-11-15"];
    expect(datesOf(kept).slice(0, 3)).toEqual(lastOfWeeks);
    expect(datesOf(kept).slice(3)).toEqual(Array.from({ length: 7 }, (_, i) => `2026-11-${16 + i}`));
  });

  it("as many when a station was switched off for months", () => {
    const old = all.map(({ atMs }) => backup(atMs - 300 * day));
    const backups = [daysAgo(0), ...old];
    expect(backups.length - outdatedBackups(backups, usualPlan).length).toBeGreaterThanOrEqual(7);
  });
});

describe("of several copies of one day", () => {
  it("the newest is kept", () => {
    const backups = [backup(now - 3000), backup(now), backup(now - 6000)];
    expect(outdatedBackups(backups, { daily: 1, weekly: 1 })).toEqual([backup(now - 3000), backup(now - 6000)]);
  });

  it("at least one is kept, whatever the plan says", () => {
    expect(outdatedBackups([backup(now), backup(now - day)], { daily: 0, weekly: 0 })).toEqual([backup(now - day)]);
  });
});

describe("a copy is due", () => {
  it("on a day without one", () => {
    expect(isBackupDue([], now)).toBe(true);
    expect(isBackupDue([daysAgo(1)], now)).toBe(true);
    expect(isBackupDue([backup(now - 1)], now)).toBe(false);
  });

  it("also when a wrong clock has made one in the future", () => {
    expect(isBackupDue([daysAgo(-400)], now)).toBe(true);
  });
});
