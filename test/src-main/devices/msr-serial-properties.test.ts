import * as fc from "fast-check";
import { expect, it } from "vitest";
import { MsrSerialFramer } from "#main/devices/framing/msr-serial/framer.ts";
import { msrSerialSettings } from "#shared/domain/devices/msr-serial-settings.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import { encodeCard } from "#main/devices/simulator/encode-card.ts";
import { card, eventsOf, failed, recordingOf } from "./swipes.ts";

const layout = fc.constantFrom("single", "per-track", "uic");
const terminator = fc.constantFrom("cr", "lf", "crlf", "etx", "none");
const track1 = fc.stringMatching(/^[ -$&->@-_]{2,20}$/);
const track2 = fc.stringMatching(/^[0-9:<=>]{1,20}$/);
const hostileBytes = fc.uint8Array({ maxLength: 700 });
/** What a damaged card looks like: mostly the characters that mean something. */
const textOf = (characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });
/** What a damaged card looks like: mostly the characters that mean something. */
const likelyBytes = textOf("%;+!#E?059A\r\n\u0003\u0010\u0002\u00ff", 0, 700);

it("takes any bytes in any pieces, throws nothing and holds no more than three tracks", () => {
  const piece = fc.tuple(
    fc.oneof(
      hostileBytes,
      likelyBytes.map((text) => Buffer.from(text, "latin1")),
    ),
    fc.nat({ max: 400 }),
  );
  const settings = fc.record({
    layout,
    terminator,
    lrc: fc.constantFrom("none", "after-es"),
    track3: fc.constantFrom("+!#", ";", "%&", ""),
  });
  fc.assert(
    fc.property(settings, fc.array(piece, { maxLength: 6 }), (overrides, pieces) => {
      const clock = new ManualClock();
      const framer = new MsrSerialFramer(msrSerialSettings.parse(overrides), clock, () => {});
      for (const [bytes, silenceMs] of pieces) {
        framer.data(bytes);
        expect(framer.heldCharacters).toBeLessThanOrEqual(76 + 37 + 104);
        clock.advance(silenceMs);
      }
      framer.lost();
      expect(framer.heldCharacters).toBe(0);
    }),
  );
});

it("answers endless bytes with one failure and reads the card after them", async () => {
  const endless = textOf("059AZ ;%?", 513, 3000);
  await fc.assert(
    fc.asyncProperty(endless, async (text) => {
      expect(await eventsOf(recordingOf([text, "\r;8888000012?\r"]))).toEqual([failed("OVERSIZE"), card({ 2: "8888000012" })]);
    }),
  );
});

it("reads what a reader in any setup sends", async () => {
  await fc.assert(
    fc.asyncProperty(layout, terminator, fc.boolean(), track1, track2, async (layoutName, terminatorName, hasLrc, first, second) => {
      const setup = { layout: layoutName, terminator: terminatorName, lrc: hasLrc ? "after-es" : "none" } as const;
      const bytes = Buffer.from(encodeCard({ track1: first, track2: second }, setup)).toString("latin1");
      expect(await eventsOf(recordingOf([bytes], setup))).toEqual([card({ 1: first, 2: second })]);
    }),
  );
});

it("with the LRC on, never makes another card of one flipped bit", async () => {
  await fc.assert(
    fc.asyncProperty(layout, terminator, track1, track2, fc.nat(), async (layoutName, terminatorName, first, second, flip) => {
      const setup = { layout: layoutName, terminator: terminatorName, lrc: "after-es" } as const;
      const bytes = Buffer.from(encodeCard({ track1: first, track2: second }, setup));
      const bit = flip % (bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      for (const event of await eventsOf(recordingOf([bytes.toString("latin1")], setup))) {
        if (event.type !== "cardRead" || event.media !== "magstripe") continue;
        expect({ 1: first, 2: second }).toMatchObject(event.tracks);
        expect(event.tracks[2]).toBe(second);
      }
    }),
    { numRuns: 1000 },
  );
});

it("without the LRC, takes a flipped bit of a 12-digit track 2 for a card in 46 of 120 cases, which is why numbers have a check digit", async () => {
  const good = Buffer.from(";600012345678?\r", "latin1");
  let taken = 0;
  for (let bit = 0; bit < 120; bit += 1) {
    const bytes = Buffer.from(good);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const events = await eventsOf(recordingOf([bytes.toString("latin1")]));
    if (events.some((event) => event.type === "cardRead")) taken += 1;
  }
  expect(taken).toBe(46);
});
