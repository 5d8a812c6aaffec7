import { writeSync } from "node:fs";
import { setImmediate as otherWork, setTimeout as sleep } from "node:timers/promises";
import { clerkOf, openCrashStation } from "./crash-station.ts";
import { dyingAt, type Death } from "./dying.ts";
import { awardTo } from "./found-company.ts";
import { readTasks } from "./read-tasks.ts";

export type StreamTask = {
  readonly file: string;
  /** Where it ends itself, and at which pass by that place; null for nowhere. */
  readonly death: Death | null;
  readonly pass: number;
};

/**
 * Awards without end, in a process that somebody will kill, or that kills itself.
 *
 * Each award's id goes to the standard output when the award was answered and not before. The write is synchronous, so an id that has
 * left this process is of an award that it would have printed a receipt for.
 */
const { file, death, pass } = await readTasks().next<StreamTask>();
const station = openCrashStation(file, { ...dyingAt(death, pass), patience: 1 / 10 });
const by = clerkOf(station);
const memberIds = station.ports.store.read((view) => view.members.all()).map(({ memberId }) => memberId);

/** Longer than a push and the pull behind it take on a busy computer. */
const pauseMs = 300;

for (let n = 0; ; n += 1) {
  const opId = awardTo(station, memberIds[n % memberIds.length] ?? "", 1_000 + (n % 90) * 100, by);
  writeSync(1, `${opId}\n`);
  // Lets the exchange have its turn, so that a kill may also come in the middle of a push; and to its end, where a page is waited for.
  await (death === "midPage" ? sleep(pauseMs) : otherWork());
}
