import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { decodeTrack } from "#main/devices/framing/msr-raw/decode-track.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import { runVector } from "#main/devices/run-vector.ts";
import { encodeBits, packBits } from "#main/devices/simulator/encode-bits.ts";
import { parseVectorFile } from "#main/devices/vector-file.ts";
import type { DeviceVector } from "#main/devices/vector.ts";
import { err, ok } from "#shared/std/result.ts";
import { eventsOf, failed, otherChunkings, portLost } from "./swipes.ts";

const file = parseVectorFile(readFileSync(new URL("../../fixtures/frames/msr-raw.jsonl", import.meta.url), "utf8"));
if (!file.ok) throw new Error(file.error.code);
const recordings = file.value as readonly DeviceVector[];

describe("recorded track bits", () => {
  it("are all there", () => {
    expect(recordings.map(({ name }) => name.slice(0, 5))).toEqual(Array.from({ length: 6 }, (_, index) => `RB-0${index + 1}`));
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))("%s", async (_name, recording) => {
    expect(await runVector(recording)).toEqual({ events: recording.expect.events, writes: [] });
    for (const chunked of otherChunkings(recording)) expect(await eventsOf(chunked)).toEqual(recording.expect.events);
  });
});

const number = "8888000012";
const bits = encodeBits(number, 2);
const read = (changed: string) => decodeTrack(packBits(changed, "msb"), 2, "msb");
const turnOver = (text: string, at: number): string => text.slice(0, at) + (text[at] === "1" ? "0" : "1") + text.slice(at + 1);

describe("the bits of a track", () => {
  it("read the same whichever way the card is drawn and whichever bit of a byte is first", () => {
    const track1 = fc.string({ unit: fc.constantFrom(...Array.from("AZ 09^/.-_")), minLength: 1, maxLength: 76 });
    const track2 = fc.string({ unit: fc.constantFrom(...Array.from("0123456789=:<>")), minLength: 1, maxLength: 37 });
    const any = fc.oneof(
      fc.tuple(fc.constant(1 as const), track1),
      fc.tuple(fc.constant(2 as const), track2),
      fc.tuple(fc.constant(3 as const), track2),
    );
    fc.assert(
      fc.property(
        any,
        fc.constantFrom("msb" as const, "lsb" as const),
        fc.boolean(),
        fc.nat({ max: 40 }),
        ([track, text], order, isBackwards, zeros) => {
          const onStripe = encodeBits(text, track, zeros);
          const drawn = isBackwards ? Array.from(onStripe).toReversed().join("") : onStripe;
          expect(decodeTrack(packBits(drawn, order), track, order)).toEqual(ok(text));
        },
      ),
    );
  });

  it("with one of them turned over are never another card", () => {
    for (let at = 12; at < bits.length - 12; at += 1) expect(read(turnOver(bits, at)).ok).toBe(false);
  });

  it.each<[name: string, bits: string, code: string]>([
    ["with two of one column turned over, which parity cannot see", turnOver(turnOver(bits, 12 + 5), 12 + 6), "LRC_MISMATCH"],
    ["without their start sentinel", bits.slice(12 + 5), "BAD_SENTINEL"],
    ["cut before their end sentinel", bits.slice(0, 12 + 5 * 8), "TRUNCATED"],
    ["cut before their check", bits.slice(0, 12 + 5 * 12), "TRUNCATED"],
    ["of a track with nothing on it", encodeBits("", 2), "TRACK_MISSING"],
    ["of more than a track holds", encodeBits("1".repeat(38), 2), "TRACK_TOO_LONG"],
  ])("%s", (_name, spoilt, code) => {
    expect(read(spoilt)).toEqual(err(code));
  });
});

describe("a line of track bits", () => {
  const recording = (hex: string, end: "idle" | "unplug" = "idle", config = {}): DeviceVector => ({
    name: "",
    family: "msr.raw",
    config,
    chunks: [{ delayMs: 0, hex }],
    end,
    expect: { events: [] },
  });
  const hex = Buffer.from(packBits(bits, "msb")).toString("hex");

  it("says once that more came than any track holds, and reads the next one", async () => {
    const { chunks } = recording(hex);
    const twice = {
      ...recording("ff".repeat(3000)),
      chunks: [{ delayMs: 0, hex: "ff".repeat(3000) }, ...chunks.map((each) => ({ ...each, delayMs: 300 }))],
    };
    expect(await eventsOf(twice)).toEqual([failed("OVERSIZE"), { type: "cardRead", media: "magstripe", tracks: { 2: number } }]);
  });

  it("gives no card of what came before the cable was pulled", async () => {
    expect(await eventsOf(recording(hex, "unplug"))).toEqual([failed("TRUNCATED"), portLost]);
  });

  it("may carry any bytes: nothing throws, and what was too much is not kept", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 600 }), fc.nat({ max: 400 })), { maxLength: 5 }), (pieces) => {
        const clock = new ManualClock();
        const driver = drivers.get("msr.raw")?.({}, { clock, write: () => {} });
        const events: DeviceEvent[] = [];
        driver?.on((event) => events.push(event));
        for (const [bytes, silenceMs] of pieces) {
          driver?.data(bytes);
          clock.advance(silenceMs);
        }
        driver?.lost();
        expect(events.at(-1)).toEqual(portLost);
        expect(events.length).toBeLessThanOrEqual(pieces.length + 1);
      }),
    );
  });
});
