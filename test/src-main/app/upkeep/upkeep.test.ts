import { describe, expect, it } from "vitest";
import { Fault } from "#main/app/ports/fault.ts";
import type { Backup, BackupShelf } from "#main/app/ports/upkeep.ts";
import { makeUpkeep } from "#main/app/upkeep/upkeep.ts";
import { quietLog } from "#test/support/counter.ts";

const hourMs = 60 * 60 * 1000;

/** A counter that runs for some hours of a clock of its own, with a shelf in memory. */
async function runFor(hours: number, shelf: Partial<BackupShelf> = {}) {
  const backups: Backup[] = [];
  const logged: unknown[] = [];
  let nowMs = Date.parse("2026-11-22T20:00:00Z");
  const endMs = nowMs + hours * hourMs;
  let isOver = (): void => undefined;
  const over = new Promise<void>((resolve) => (isOver = resolve));
  const upkeep = makeUpkeep({
    shelf: {
      list: () => backups,
      add: async (atMs) => {
        const made = { name: `${atMs}`, atMs, bytes: 1 };
        backups.push(made);
        return made;
      },
      remove: (name) =>
        void backups.splice(
          backups.findIndex((each) => each.name === name),
          1,
        ),
      forget: async () => undefined,
      verify: async () => ({ ok: true, damaged: [] }),
      ...shelf,
    },
    forget: async () => undefined,
    plan: { daily: 2, weekly: 1 },
    wallMs: () => nowMs,
    sleep: async (ms, signal) => {
      nowMs += ms;
      if (nowMs < endMs) return;
      isOver();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    },
    log: { ...quietLog, error: (facts) => logged.push(facts) },
  });
  upkeep.start();
  await over;
  await upkeep.stop();
  return { backups, logged };
}

describe("a counter that is open", () => {
  it("makes a copy soon after it was opened, then one a day, and keeps no more than the plan says", async () => {
    const { backups } = await runFor(24 * 5);
    expect(backups.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 10))).toEqual(["2026-11-26", "2026-11-27"]);
  });

  it("makes none in its first minute, when people wait at it", async () => {
    expect((await runFor(0)).backups).toEqual([]);
  });

  it("tries again when there was no room, and removes nothing before it succeeds", async () => {
    let tries = 0;
    const removed: string[] = [];
    const { logged } = await runFor(2, {
      list: () => [
        { name: "old", atMs: 0, bytes: 1 },
        { name: "older", atMs: -1, bytes: 1 },
      ],
      add: async () => {
        tries += 1;
        throw new Fault("STORAGE_FULL");
      },
      remove: (name) => void removed.push(name),
    });
    expect(tries).toBeGreaterThan(2);
    expect(removed).toEqual([]);
    expect(logged[0]).toEqual({ code: "STORAGE_FULL" });
  });
});
