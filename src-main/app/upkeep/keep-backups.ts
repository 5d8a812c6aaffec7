import type { Backup } from "#main/app/ports/upkeep.ts";

/** How many copies are kept: the newest of each of the last days, and of each of the last weeks. */
export type BackupPlan = { readonly daily: number; readonly weekly: number };

export const usualPlan: BackupPlan = { daily: 7, weekly: 4 };

const dayMs = 24 * 60 * 60 * 1000;
/** 1970 began on a Thursday; weeks are counted from Mondays. */
const weekOf = (atMs: number): number => Math.floor((Math.floor(atMs / dayMs) + 3) / 7);
const dayOf = (atMs: number): number => Math.floor(atMs / dayMs);

/** A day without a copy is due; a copy from the future was made under a wrong clock and says nothing of today. */
export const isBackupDue = (backups: readonly Backup[], nowMs: number): boolean =>
  !backups.some(({ atMs }) => dayOf(atMs) === dayOf(nowMs));

/** The copies that are not kept. The newest one always is, whatever the clock says. */
export function outdatedBackups(backups: readonly Backup[], plan: BackupPlan): readonly Backup[] {
  const newestFirst = backups.toSorted((a, b) => b.atMs - a.atMs || (a.name < b.name ? 1 : -1));
  const kept = new Set([...newestOfEach(newestFirst, dayOf, plan.daily), ...newestOfEach(newestFirst, weekOf, plan.weekly)]);
  return newestFirst.filter((backup, i) => i > 0 && !kept.has(backup));
}

function newestOfEach(newestFirst: readonly Backup[], periodOf: (atMs: number) => number, periods: number): readonly Backup[] {
  const newest = new Map<number, Backup>();
  for (const backup of newestFirst) if (!newest.has(periodOf(backup.atMs))) newest.set(periodOf(backup.atMs), backup);
  return [...newest.values()].slice(0, periods);
}
