import { describe, expect, it } from "vitest";
import { DeviceError, type PortErrorCode } from "#main/devices/device-error.ts";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import { Reader, type ReaderStatus } from "#main/devices/reader.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";
import type { DeviceEnd, Transport } from "#main/devices/transport/transport.ts";
import { card, failed, portLost } from "./swipes.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A counter with one reader whose port answers as `nextOpen` says. */
function makeCounter({ random = 0.5 } = {}) {
  const clock = new ManualClock();
  const lines: DeviceEnd[] = [];
  const openedAtMs: number[] = [];
  const statuses: ReaderStatus[] = [];
  const events: DeviceEvent[] = [];
  const counter = { nextOpen: "works" as "works" | "hangs" | PortErrorCode, closed: 0 };
  const makeTransport = (): Transport => {
    const { transport, device } = makeMemoryLine();
    openedAtMs.push(clock.now());
    lines.push(device);
    return {
      ...transport,
      async open() {
        if (counter.nextOpen === "hangs") await new Promise<void>((resolve) => clock.after(5000, resolve));
        else if (counter.nextOpen !== "works") throw new DeviceError(counter.nextOpen, "port", "as the test wants it");
        await transport.open();
      },
      async close() {
        counter.closed += 1;
        await transport.close();
      },
    };
  };
  const makeDriver = drivers.get("msr.serial");
  if (!makeDriver) throw new Error("no driver");
  const reader = new Reader({ clock, random: () => random, makeTransport, makeDriver: (ports) => makeDriver({}, ports) });
  reader.onStatus((status) => statuses.push(status));
  reader.onEvent((event) => events.push(event));
  return Object.assign(counter, {
    clock,
    reader,
    openedAtMs,
    statuses,
    events,
    line: () => {
      const line = lines.at(-1);
      if (!line) throw new Error("nothing was opened");
      return line;
    },
    say: (text: string) => lines.at(-1)?.write(Buffer.from(text, "latin1")),
    async after(ms: number) {
      clock.advance(ms);
      await settle();
    },
  });
}

describe("a reader at the counter", () => {
  it("opens, is ready and reads", async () => {
    const counter = makeCounter();
    counter.reader.start();
    await settle();
    counter.say(";8888000012?\r");
    expect(counter.statuses.map(({ state }) => state)).toEqual(["opening", "ready"]);
    expect(counter.events).toEqual([card({ 2: "8888000012" })]);
  });

  it("comes back on a new line after the cable was pulled, with nothing left of the half card", async () => {
    const counter = makeCounter();
    counter.reader.start();
    await settle();
    counter.say(";8888");
    counter.line().unplug();
    expect(counter.reader.status).toEqual({ state: "backoff", reason: "PORT_LOST", hint: null });
    await counter.after(500);
    counter.say("000012?\r;8888000020?\r");
    expect(counter.events).toEqual([failed("TRUNCATED"), portLost, failed("BAD_SENTINEL"), card({ 2: "8888000020" })]);
    expect(counter.statuses.map(({ state }) => state)).toEqual(["opening", "ready", "backoff", "opening", "ready"]);
  });

  it.each([
    ["PORT_NOT_FOUND", "absent"],
    ["PORT_BUSY", "busy"],
    ["PORT_DENIED", "denied"],
    ["PORT_IO", "backoff"],
  ] as const)("says on %s that it is %s, and why, and tries again", async (code, state) => {
    const counter = makeCounter();
    counter.nextOpen = code;
    counter.reader.start();
    await settle();
    expect(counter.reader.status).toEqual({ state, reason: code, hint: null });
    counter.nextOpen = "works";
    await counter.after(500);
    expect(counter.reader.status).toEqual({ state: "ready", reason: null, hint: null });
  });

  it("waits longer and longer, up to 15 seconds", async () => {
    const counter = makeCounter();
    counter.nextOpen = "PORT_NOT_FOUND";
    counter.reader.start();
    await settle();
    for (let second = 0; second < 120; second += 1) {
      await counter.after(500);
      await counter.after(500);
    }
    const waits = counter.openedAtMs.slice(1).map((atMs, index) => atMs - (counter.openedAtMs[index] ?? 0));
    expect(waits.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it.each([
    [0, 400],
    [1, 600],
  ])("spreads its tries: a draw of %d waits %d ms", async (random, waitMs) => {
    const counter = makeCounter({ random });
    counter.nextOpen = "PORT_BUSY";
    counter.reader.start();
    await settle();
    await counter.after(waitMs - 1);
    expect(counter.openedAtMs).toEqual([0]);
    await counter.after(1);
    expect(counter.openedAtMs).toEqual([0, waitMs]);
  });

  it("starts with the shortest wait again once it was ready for 30 seconds", async () => {
    const counter = makeCounter();
    counter.nextOpen = "PORT_IO";
    counter.reader.start();
    await settle();
    await counter.after(500);
    counter.nextOpen = "works";
    await counter.after(1000);
    await counter.after(30_000);
    counter.line().unplug();
    await counter.after(500);
    expect(counter.openedAtMs).toEqual([0, 500, 1500, 32_000]);
  });

  it("does not call a port proven that held for less", async () => {
    const counter = makeCounter();
    counter.reader.start();
    await settle();
    await counter.after(29_999);
    counter.line().unplug();
    await counter.after(500);
    counter.line().unplug();
    await counter.after(999);
    expect(counter.openedAtMs).toHaveLength(2);
    await counter.after(1);
    expect(counter.openedAtMs).toHaveLength(3);
  });

  it("cuts the wait short when it is started again", async () => {
    const counter = makeCounter();
    counter.nextOpen = "PORT_NOT_FOUND";
    counter.reader.start();
    await settle();
    counter.nextOpen = "works";
    counter.reader.start();
    counter.reader.start();
    await settle();
    expect(counter.reader.status.state).toBe("ready");
    await counter.after(60_000);
    expect(counter.openedAtMs).toEqual([0, 0]);
  });

  it("is asked to check its speed after five unreadable swipes in a row, until one is read", async () => {
    const counter = makeCounter();
    counter.reader.start();
    await settle();
    counter.say("x\r".repeat(4));
    counter.say(";8888000012?\r");
    counter.say("x\r".repeat(4));
    expect(counter.reader.status.hint).toBeNull();
    counter.say("x\r");
    expect(counter.reader.status).toEqual({ state: "ready", reason: null, hint: "CHECK_SPEED" });
    counter.say(";8888000012?\r");
    expect(counter.reader.status.hint).toBeNull();
  });

  it("tells nothing of a card in its status", async () => {
    const counter = makeCounter();
    counter.reader.start();
    await settle();
    counter.say(";8888000012?\r;88880000");
    counter.line().unplug();
    expect(JSON.stringify(counter.statuses)).not.toContain("8888");
  });
});

describe("a reader that is closed", () => {
  it("gives the port back and stays closed", async () => {
    const counter = makeCounter();
    counter.reader.start();
    await settle();
    counter.say(";8888");
    await counter.reader.close();
    await counter.after(60_000);
    expect(counter.closed).toBe(1);
    expect(counter.openedAtMs).toEqual([0]);
    expect(counter.events).toEqual([]);
    expect(counter.reader.status.state).toBe("absent");
  });

  it("while its port is opening, gives it back when it is open", async () => {
    const counter = makeCounter();
    counter.nextOpen = "hangs";
    counter.reader.start();
    await settle();
    await counter.reader.close();
    await counter.after(5000);
    counter.say(";8888000012?\r");
    expect(counter.closed).toBe(2);
    expect(counter.events).toEqual([]);
    expect(counter.reader.status.state).toBe("absent");
  });

  it("while it waits, does not try again", async () => {
    const counter = makeCounter();
    counter.nextOpen = "PORT_BUSY";
    counter.reader.start();
    await settle();
    await counter.reader.close();
    await counter.after(60_000);
    expect(counter.openedAtMs).toEqual([0]);
  });
});
