import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceEvent, Tracks } from "#main/devices/device-event.ts";
import type { Command } from "#main/devices/driver.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import { makeMsr605Simulator, type DrawManner } from "#main/devices/simulator/msr605.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";
import { card } from "./swipes.ts";

type EncoderSetup = Parameters<typeof makeMsr605Simulator>[1];

/** A simulated encoder on a memory line with the real driver at the other end. */
async function makeBench(setup: EncoderSetup = {}, settings: object = {}) {
  const clock = new ManualClock();
  const { transport, device } = makeMemoryLine();
  const driver = drivers.get("msr605")?.(settings, { clock, write: (bytes) => void transport.write(bytes) });
  if (!driver) throw new Error("no driver");
  const events: DeviceEvent[] = [];
  driver.on((event) => events.push(event));
  transport.onData((bytes) => driver.data(bytes));
  transport.onLost(() => driver.lost());
  await transport.open();
  const simulator = makeMsr605Simulator(device, setup, clock);
  return {
    clock,
    driver,
    events,
    simulator,
    /** Everything that one command and one draw of the card came to. */
    ask(command: Command, manner?: DrawManner): readonly DeviceEvent[] {
      events.length = 0;
      driver.start(command);
      clock.advance(500);
      if (manner) simulator.draw(manner);
      clock.advance(500);
      return events;
    },
  };
}
const prepare: Command = { type: "prepare" };
const write = (tracks: Tracks): Command => ({ type: "writeIso", tracks });
const read: Command = { type: "readIso" };
const written: DeviceEvent = { type: "cardWritten", verified: false };

describe("an encoder that is plugged in", () => {
  it("is asked whether it is one, and set up for our cards, before it is ready", async () => {
    const bench = await makeBench();
    expect(bench.ask(prepare)).toEqual([{ type: "commandDone", command: "prepare" }]);
    expect(bench.simulator.heard()).toEqual(["61", "65", "61", "74", "78", "6F070505", "62A1", "624B", "62C1"]);
    expect(bench.simulator.isHighCoercivity()).toBe(true);
  });

  it("writes as softly as brown stripes need", async () => {
    const bench = await makeBench({}, { coercivity: "low" });
    bench.ask(prepare);
    expect(bench.simulator.isHighCoercivity()).toBe(false);
  });

  it("answers late, or loses the ESC of its first answer", async () => {
    const slow = await makeBench({ answersAfterMs: 20 });
    expect(slow.ask(prepare)).toEqual([{ type: "commandDone", command: "prepare" }]);
    const losing = await makeBench({ losesEsc: true });
    expect(losing.ask(prepare)).toEqual([{ type: "commandDone", command: "prepare" }]);
  });

  it("is not ready while it says nothing, or was never an encoder", async () => {
    const bench = await makeBench({ isMute: true });
    bench.ask(prepare);
    bench.clock.advance(500);
    expect(bench.events).toEqual([{ type: "commandFailed", code: "NO_RESPONSE" }]);
  });
});

describe("a card in the hand", () => {
  it("is written, and read back", async () => {
    const bench = await makeBench();
    expect(bench.ask(write({ 2: "8888000012" }), {})).toEqual([written]);
    expect(bench.simulator.card()).toEqual({ 2: "8888000012" });
    expect(bench.ask(read, {})).toEqual([card({ 2: "8888000012" })]);
  });

  it("reads otherwise than it was to be written, where the stripe did not take it", async () => {
    const bench = await makeBench();
    expect(bench.ask(write({ 2: "8888000012" }), { isBadlyWritten: true })).toEqual([written]);
    expect(bench.ask(read, {})).toEqual([card({ 2: "8888000013" })]);
    expect(bench.ask(read, { unreadable: [2] })).toEqual([{ type: "cardReadFailed", code: "TRACK_READ_ERROR" }]);
  });

  it("keeps what it had when the hand was too fast", async () => {
    const bench = await makeBench();
    bench.simulator.take({ 2: "8888000020" });
    expect(bench.ask(write({ 2: "8888000012" }), { status: 0x39 })).toEqual([
      { type: "cardWriteFailed", code: "DEVICE_STATUS", status: "39" },
    ]);
    expect(bench.simulator.card()).toEqual({ 2: "8888000020" });
  });

  it("is erased, all of it or one track", async () => {
    const bench = await makeBench();
    bench.simulator.take({ 1: "LEE/ANNA", 2: "8888000012", 3: "77" });
    expect(bench.ask({ type: "erase", tracks: [3, 1] }, {})).toEqual([{ type: "cardErased" }]);
    expect(bench.ask(read, {})).toEqual([card({ 2: "8888000012" })]);
    bench.ask({ type: "erase", tracks: [1, 2, 3] }, {});
    expect(bench.ask(read, {})).toEqual([{ type: "cardReadFailed", code: "TRACK_MISSING" }]);
  });

  it("is written or not, nobody knows, when the cable is pulled in the middle", async () => {
    const bench = await makeBench();
    expect(bench.ask(write({ 2: "8888000012" }), { isUnplugged: true })).toEqual([
      { type: "cardWriteFailed", code: "UNKNOWN_OUTCOME" },
      { type: "portLost", code: "PORT_LOST" },
    ]);
    expect(bench.ask(read, {})).toEqual([]);
  });

  it("is not what a wait that was given up reads: the encoder was taken out of it", async () => {
    const bench = await makeBench();
    bench.ask(write({ 2: "8888000012" }));
    bench.driver.start({ type: "cancel" });
    expect(bench.events).toEqual([{ type: "cardWriteFailed", code: "CANCELLED" }]);
    expect(bench.simulator.draw()).toBe(false);
    expect(bench.simulator.card()).toEqual({});
    // Right behind the reset the encoder is deaf: what is asked then waits until it hears.
    expect(bench.ask(read, {})).toEqual([{ type: "cardReadFailed", code: "TRACK_MISSING" }]);
  });

  it("is drawn by a hand that was a moment too early, and not by one that has gone away again", async () => {
    const bench = await makeBench();
    bench.simulator.drawSoon({});
    expect(bench.ask(write({ 2: "8888000012" }))).toEqual([written]);
    bench.simulator.drawSoon({});
    bench.clock.advance(1001);
    expect(bench.ask(read)).toEqual([]);
  });

  it("is one at a time: a second command is refused and the first goes on", async () => {
    const bench = await makeBench();
    bench.ask(write({ 2: "8888000012" }));
    bench.driver.start(read);
    expect(bench.events).toEqual([{ type: "commandFailed", code: "DEVICE_BUSY" }]);
    bench.simulator.draw();
    expect(bench.events.at(-1)).toEqual(written);
  });

  it("gives the next command its own answer, at whatever byte this one was cut", async () => {
    for (let cutAtByte = 1; cutAtByte < 24; cutAtByte += 1) {
      const bench = await makeBench();
      bench.simulator.take({ 2: "8888000012" });
      expect(bench.ask(read, { cutAtByte })).toEqual([{ type: "cardReadFailed", code: "TRUNCATED" }]);
      expect(bench.ask(read, {})).toEqual([card({ 2: "8888000012" })]);
    }
  });
});

describe("an encoder's line", () => {
  it("reads back any card that can be written", async () => {
    const text = (unit: string, maxLength: number) => fc.string({ unit: fc.constantFrom(...Array.from(unit)), maxLength });
    const cards = fc.record({ 1: text("AZ 09^/.-_", 76), 2: text("0189=<>:", 37), 3: text("0189=", 104) });
    await fc.assert(
      fc.asyncProperty(cards, async (tracks) => {
        fc.pre(Object.values(tracks).some((each) => each !== ""));
        const bench = await makeBench();
        expect(bench.ask(write(tracks), {})).toEqual([written]);
        expect(bench.ask(read, {})).toEqual([card(Object.fromEntries(Object.entries(tracks).filter(([, each]) => each !== "")))]);
      }),
    );
  });

  it("may carry any bytes in any pieces: nothing throws, and every command has one end", () => {
    const commands: readonly Command[] = [
      read,
      write({ 2: "1" }),
      { type: "readRaw" },
      { type: "firmware" },
      { type: "setBpc", bpc: [8, 8, 8] },
      { type: "model" },
      prepare,
    ];
    const likelyBytes = fc
      .string({ unit: fc.constantFrom(...Array.from("\u001b\u001b\u0001\u0002\u0003s0?\u001c;%+*1yHS\u00ff")), maxLength: 200 })
      .map((text) => Buffer.from(text, "latin1"));
    const pieces = fc.array(fc.tuple(fc.oneof(fc.uint8Array({ maxLength: 1500 }), likelyBytes), fc.nat({ max: 400 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...commands), pieces, (command, line) => {
        const clock = new ManualClock();
        const driver = drivers.get("msr605")?.({}, { clock, write: () => {} });
        const ends: DeviceEvent[] = [];
        driver?.on((event) => ends.push(event));
        driver?.start(command);
        for (const [bytes, silenceMs] of line) {
          driver?.data(bytes);
          clock.advance(silenceMs);
        }
        clock.advance(30_000);
        expect(ends).toHaveLength(1);
        expect(clock.runNext()).toBe(false);
      }),
    );
  });
});
