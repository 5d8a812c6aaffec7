import { describe, expect, it } from "vitest";
import { Fault } from "#main/app/ports/fault.ts";
import type { UpdateDriver } from "#main/app/ports/updates.ts";
import { keepLooking } from "#main/app/updates/keep-looking.ts";
import { noUpdates } from "#main/app/updates/no-updates.ts";
import { makeUpdates } from "#main/app/updates/updates.ts";
import { quietLog } from "#test/support/counter.ts";

const offer = { version: "1.1.0", notes: "Gifts are counted anew." };

function openUpdates(
  driver: Partial<UpdateDriver> = {},
  place: { url: string; branch: string } | null = { url: "http://127.0.0.1", branch: "A" },
) {
  const phases: string[] = [];
  let restarts = 0;
  const updates = makeUpdates({
    driver: {
      offReason: undefined,
      look: async () => offer,
      fetch: async () => undefined,
      restart: () => {
        restarts += 1;
      },
      ...driver,
    },
    version: "1.0.0",
    place: () => place ?? undefined,
    nowMs: () => 1_000,
    onChange: () => {
      const { now } = updates.state();
      phases.push(now.phase === "downloading" ? `${now.phase} ${now.percent}` : now.phase);
    },
    log: quietLog,
  });
  return { updates, phases, restarts: () => restarts };
}

describe("updates", () => {
  it("are looked for, fetched, and kept ready, and each step is told", async () => {
    const fetch: UpdateDriver["fetch"] = async (onPercent) => [0.4, 50.2, 50.9, 100.1].forEach(onPercent);
    const { updates, phases } = openUpdates({ fetch });
    expect(await updates.check()).toMatchObject({ ok: true, value: { now: { phase: "ready", offer }, checkedAtMs: 1_000 } });
    expect(phases).toEqual(["checking", "downloading 0", "downloading 50", "downloading 100", "ready"]);
  });

  it("never install by themselves: a customer may be standing there", async () => {
    const { updates, restarts } = openUpdates();
    expect(updates.install()).toEqual({ ok: false, error: { code: "NO_UPDATE_READY" } });
    await updates.check();
    expect(restarts()).toBe(0);
    expect(updates.install()).toMatchObject({ ok: true, value: { now: { phase: "installing", offer } } });
    expect(restarts()).toBe(1);
    expect(updates.install()).toEqual({ ok: false, error: { code: "NO_UPDATE_READY" } });
  });

  it("are asked for once by however many ask at the same time, and not again while one is ready", async () => {
    let looks = 0;
    const { updates } = openUpdates({
      look: async () => {
        looks += 1;
        return offer;
      },
    });
    await Promise.all([updates.check(), updates.check()]);
    await updates.check();
    expect(looks).toBe(1);
  });

  it("that fail say why, and the next look starts afresh", async () => {
    let isForged = true;
    const { updates } = openUpdates({
      look: async () => {
        if (isForged) throw new Fault("MANIFEST_FORGED");
        return undefined;
      },
    });
    expect(await updates.check()).toMatchObject({ value: { now: { phase: "idle" }, trouble: "MANIFEST_FORGED", checkedAtMs: null } });
    isForged = false;
    expect(await updates.check()).toMatchObject({ value: { now: { phase: "idle" }, trouble: null, checkedAtMs: 1_000 } });
  });

  it("are nobody's in a browser, and wait for a head office", async () => {
    expect(await openUpdates(noUpdates).updates.check()).toEqual({ ok: false, error: { code: "NO_UPDATES_HERE" } });
    expect(await openUpdates({}, null).updates.check()).toEqual({ ok: false, error: { code: "NOT_ENROLLED" } });
  });

  it("are looked for a while after the start and then every few hours, at times of this counter's own", async () => {
    const slept: number[] = [];
    const closing = new AbortController();
    let checks = 0;
    const check = async () => {
      checks += 1;
      return { ok: false as const, error: { code: "NOT_ENROLLED" as const } };
    };
    const sleep = async (ms: number) => {
      slept.push(ms / 60_000);
      if (slept.length === 3) closing.abort();
    };
    await keepLooking({ check }, { sleep, random: () => 0.25 }, closing.signal);
    expect(slept).toEqual([2, 270, 270]);
    expect(checks).toBe(2);
  });
});
