import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absorbHlc, firstHlc, hlcMs, tickHlc } from "#shared/domain/operations/hlc.ts";

const dayMs = 24 * 60 * 60 * 1000;
const wallMs = fc.integer({ min: 0, max: 2 ** 48 - 2 });
const noonMs = Date.UTC(2026, 4, 12, 12);
const at = (ms: number, counter = 0): string => ms.toString(16).padStart(12, "0") + counter.toString(16).padStart(4, "0");

describe("the order of edits", () => {
  it("goes on, however the wall clock jumps", () => {
    fc.assert(
      fc.property(fc.array(wallMs, { minLength: 1, maxLength: 40 }), (clocks) => {
        let last = firstHlc;
        for (const clock of clocks) {
          const next = tickHlc(last, clock);
          expect(next > last).toBe(true);
          expect(next).toMatch(/^[0-9a-f]{16}$/);
          last = next;
        }
      }),
    );
  });

  it("follows the wall clock while that runs forward", () => {
    expect(tickHlc(at(noonMs, 7), noonMs + 1)).toBe(at(noonMs + 1));
  });

  it("counts within a millisecond, and borrows the next one when the counter is full", () => {
    expect(tickHlc(at(noonMs, 7), noonMs)).toBe(at(noonMs, 8));
    expect(tickHlc(at(noonMs, 0xffff), noonMs - dayMs)).toBe(at(noonMs + 1));
  });
});

describe("head office's reading", () => {
  it("is taken over when it is ahead by less than a day", () => {
    expect(absorbHlc(at(noonMs), at(noonMs + 5000, 3), noonMs)).toBe(at(noonMs + 5000, 3));
    expect(absorbHlc(at(noonMs), at(noonMs + dayMs), noonMs)).toBe(at(noonMs + dayMs));
  });

  it("does not drag this station along when it is more than a day off, or behind", () => {
    expect(absorbHlc(at(noonMs), at(noonMs + dayMs + 1), noonMs)).toBe(at(noonMs));
    expect(absorbHlc(at(noonMs), at(noonMs - 1), noonMs)).toBe(at(noonMs));
  });

  it("never sets the order back", () => {
    fc.assert(
      fc.property(wallMs, wallMs, wallMs, (own, server, wall) => {
        const taken = absorbHlc(at(own), at(server), wall);
        expect(taken >= at(own)).toBe(true);
        expect(hlcMs(taken) === own || Math.abs(hlcMs(taken) - wall) <= dayMs).toBe(true);
      }),
    );
  });
});
