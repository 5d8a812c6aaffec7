import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { Em4100Framer } from "#main/devices/framing/em4100/framer.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import { makeEm4100Simulator } from "#main/devices/simulator/em4100.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";

const uid = fc.stringMatching(/^[0-9A-F]{10}$/);

/** A simulated reader on a memory line with the real driver at the other end. */
async function makeBench(withCrLf: boolean) {
  const clock = new ManualClock();
  const { transport, device } = makeMemoryLine();
  const driver = drivers.get("rfid.em4100")?.({}, { clock, write: () => {} });
  if (!driver) throw new Error("no driver");
  const events: DeviceEvent[] = [];
  driver.on((event) => events.push(event));
  transport.onData((bytes) => driver.data(bytes));
  await transport.open();
  return { clock, events, simulator: makeEm4100Simulator(device, { withCrLf }, clock) };
}

const uidsOf = (events: readonly DeviceEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "cardRead" && event.media === "em4100" ? [event.uid] : []));

it("takes any bytes in any pieces, throws nothing and holds no more than one frame", () => {
  const likelyBytes = fc
    .string({ unit: fc.constantFrom(...Array.from("\u0002\u0003\r\n0C62E\u00ff")), maxLength: 400 })
    .map((text) => Buffer.from(text, "latin1"));
  const piece = fc.tuple(fc.oneof(fc.uint8Array({ maxLength: 400 }), likelyBytes), fc.nat({ max: 200 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const clock = new ManualClock();
      const framer = new Em4100Framer(100, clock, () => {});
      for (const [bytes, silenceMs] of pieces) {
        framer.data(bytes);
        expect(framer.heldCharacters).toBeLessThanOrEqual(14);
        clock.advance(silenceMs);
      }
      framer.lost();
      expect(framer.heldCharacters).toBe(0);
    }),
  );
});

it("reads any tag that a reader of either kind presents, once for as long as it lies there", async () => {
  await fc.assert(
    fc.asyncProperty(uid, fc.boolean(), fc.integer({ min: 1, max: 30 }), async (tag, withCrLf, frames) => {
      const { clock, events, simulator } = await makeBench(withCrLf);
      void simulator.present(tag, { frames, msPerCharacter: 1 });
      clock.advance(frames * 65 + 400);
      expect(events).toEqual([
        { type: "cardRead", media: "em4100", uid: tag, decimal: String(Number.parseInt(tag.slice(2), 16)).padStart(10, "0") },
        { type: "cardRemoved", uid: tag },
      ]);
    }),
  );
});

it("reads the next tag after one that was cut at any byte", async () => {
  for (let cutAtByte = 1; cutAtByte < 16; cutAtByte += 1) {
    const { clock, events, simulator } = await makeBench(true);
    void simulator.present("62E3086CED", { cutAtByte });
    void simulator.present("0C000621A5");
    clock.advance(50);
    expect(uidsOf(events)).toEqual(["0C000621A5"]);
    expect(events[0]).toEqual({ type: "cardReadFailed", code: "TRUNCATED" });
  }
});

it("never makes another tag of one flipped bit", async () => {
  for (let flippedBit = 0; flippedBit < 16 * 8; flippedBit += 1) {
    const { clock, events, simulator } = await makeBench(true);
    void simulator.present("62E3086CED", { flippedBit });
    clock.advance(200);
    for (const read of uidsOf(events)) expect(read).toBe("62E3086CED");
  }
});
