import { describe, expect, it } from "vitest";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import type { ReaderSetup } from "#main/devices/simulator/encode-card.ts";
import { makeMsrSimulator, type MsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";
import { card, failed, portLost } from "./swipes.ts";

type Bench = { readonly simulator: MsrSimulator; readonly events: readonly DeviceEvent[]; after(ms: number): readonly DeviceEvent[] };

/** A simulated reader on a memory line with the real driver at the other end. */
async function makeBench(setup: ReaderSetup = {}): Promise<Bench> {
  const clock = new ManualClock();
  const { transport, device } = makeMemoryLine();
  const driver = drivers.get("msr.serial")?.(setup, { clock, write: () => {} });
  if (!driver) throw new Error("no driver");
  const events: DeviceEvent[] = [];
  driver.on((event) => events.push(event));
  transport.onData((bytes) => driver.data(bytes));
  transport.onLost(() => driver.lost());
  await transport.open();
  return {
    simulator: makeMsrSimulator(device, setup, clock),
    events,
    after(ms) {
      clock.advance(ms);
      return events;
    },
  };
}

const member = { track1: "LEE/ANNA", track2: "8888000012" };
const good = card({ 1: "LEE/ANNA", 2: "8888000012" });

describe("a simulated swipe", () => {
  it("is read", async () => {
    const bench = await makeBench();
    const swiped = bench.simulator.swipe(member);
    expect(bench.after(0)).toEqual([good]);
    await swiped;
  });

  it("takes as long as the hand does", async () => {
    const bench = await makeBench();
    void bench.simulator.swipe({ track2: "8888000012" }, { msPerCharacter: 10 });
    expect(bench.after(119)).toEqual([]);
    expect(bench.after(1)).toEqual([card({ 2: "8888000012" })]);
  });

  it("comes with the LRC where the reader sends one", async () => {
    const bench = await makeBench({ lrc: "after-es", track3: "+" });
    void bench.simulator.swipe({ ...member, track3: "77=1" });
    expect(bench.after(0)).toEqual([card({ 1: "LEE/ANNA", 2: "8888000012", 3: "77=1" })]);
  });

  it("has a track that the head could not read, and a blank one", async () => {
    const bench = await makeBench();
    void bench.simulator.swipe({ track1: "E", track2: "8888000012", track3: "" });
    expect(bench.after(0)).toEqual([card({ 2: "8888000012" }, { 1: "TRACK_READ_ERROR", 3: "TRACK_MISSING" })]);
  });

  it("stops in the middle", async () => {
    const bench = await makeBench();
    void bench.simulator.swipe(member, { cutAtByte: 14 });
    expect(bench.after(1000)).toEqual([failed("TRUNCATED")]);
  });

  it("comes with one bit turned over", async () => {
    const bench = await makeBench();
    // The top bit of the second character.
    void bench.simulator.swipe(member, { flippedBit: 15 });
    expect(bench.after(1000)).toEqual([failed("BAD_CHARACTER")]);
  });

  it("comes without its terminator", async () => {
    const bench = await makeBench();
    void bench.simulator.swipe(member, { withoutTerminator: true });
    expect(bench.after(1000)).toEqual([failed("TRUNCATED")]);
  });

  it("is followed by another card", async () => {
    const bench = await makeBench();
    void bench.simulator.swipeTwo(member, { track2: "8888000020" }, 500);
    expect(bench.after(499)).toEqual([good]);
    expect(bench.after(1)).toEqual([good, card({ 2: "8888000020" })]);
  });

  it("comes after the noise of plugging in", async () => {
    const bench = await makeBench();
    bench.simulator.makeNoise(Uint8Array.of(0x00, 0xff, 0x80));
    void bench.simulator.swipe(member);
    expect(bench.after(1000)).toEqual([good]);
  });

  it("ends with the cable pulled", async () => {
    const bench = await makeBench();
    void bench.simulator.swipe(member, { unplugAtByte: 14, msPerCharacter: 5 });
    expect(bench.after(1000)).toEqual([failed("TRUNCATED"), portLost]);
  });
});
