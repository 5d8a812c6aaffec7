import { uptime } from "node:os";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";

const startMs = Date.parse("2026-05-12T10:00:00+08:00");
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A machine whose wall clock people and batteries change, and whose other clock only runs. */
class Machine {
  wall = startMs;
  monotonic = 5_000;
  wallMs = (): number => this.wall;
  monotonicMs = (): number => this.monotonic;
  run(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }
}
const openClock = (lastContactMs: number | null = startMs - 1_000) => {
  const machine = new Machine();
  return { machine, clock: makeStationClock(machine, lastContactMs) };
};

describe("station time", () => {
  it("is the wall clock's while nobody was heard", () => {
    const { machine, clock } = openClock();
    machine.run(1_500);
    expect([clock.nowMs(), clock.businessDate()]).toEqual([startMs + 1_500, "2026-05-12"]);
    expect(clock.reading()).toEqual({ off: 0, err: 0, doubt: false });
  });

  it("runs on from head office's time when the wall clock is behind", () => {
    const { machine, clock } = openClock();
    clock.heard(startMs + 30_000, 200);
    machine.run(1_000);
    expect(clock.nowMs()).toBe(startMs + 31_100);
    expect(clock.reading()).toEqual({ off: -30_100, err: 100, doubt: false });
  });

  it("is never before what head office last said in this run, whatever people do to the wall clock", () => {
    const step = fc.record({ runMs: fc.integer({ min: 0, max: dayMs }), setMs: fc.integer({ min: -1_000 * dayMs, max: 1_000 * dayMs }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.integer({ min: 0, max: 60_000 }), (steps, roundTripMs) => {
        const { machine, clock } = openClock();
        clock.heard(startMs, roundTripMs);
        let heardMs = startMs;
        for (const { runMs, setMs } of steps) {
          machine.run(runMs);
          machine.wall += setMs;
          heardMs += runMs;
          expect(clock.nowMs()).toBeGreaterThanOrEqual(heardMs);
          expect(clock.nowMs()).toBeGreaterThanOrEqual(machine.wall);
        }
      }),
    );
  });

  it("turns the business day by head office's clock when the station's is an hour slow", () => {
    const { machine, clock } = openClock();
    machine.wall = Date.parse("2026-05-13T03:30:00+08:00");
    expect(clock.businessDate()).toBe("2026-05-12");
    clock.heard(Date.parse("2026-05-13T04:30:00+08:00"), 0);
    expect(clock.businessDate()).toBe("2026-05-13");
  });
});

describe("a clock is in doubt", () => {
  it("when it differs from head office by more than two minutes, either way", () => {
    for (const sign of [1, -1]) {
      const { machine, clock } = openClock();
      clock.heard(startMs, 0);
      machine.wall += sign * 2 * minuteMs;
      expect(clock.reading()).toEqual({ off: sign * 2 * minuteMs, err: 0, doubt: false });
      machine.wall += sign;
      expect(clock.reading().doubt).toBe(true);
    }
  });

  it("not after a night asleep: the clock that only runs is the machine's, which goes on, and not the program's", () => {
    const { machine, clock } = openClock();
    clock.heard(startMs, 0);
    machine.run(10 * 60 * minuteMs);
    expect(clock.reading().doubt).toBe(false);
    expect(Math.abs(machineClocks.monotonicMs() - uptime() * 1_000)).toBeLessThan(minuteMs);
  });

  it("no longer, once it was set right", () => {
    const { machine, clock } = openClock();
    clock.heard(startMs, 0);
    machine.wall -= 10 * minuteMs;
    expect(clock.reading().doubt).toBe(true);
    machine.wall += 10 * minuteMs;
    expect(clock.reading().doubt).toBe(false);
  });

  it("when it ran backwards against the clock that only runs, also with nobody to ask", () => {
    const { machine, clock } = openClock(null);
    machine.run(60 * minuteMs);
    machine.wall -= 2 * minuteMs;
    expect(clock.reading().doubt).toBe(false);
    machine.wall -= 1;
    expect(clock.reading().doubt).toBe(true);
  });

  it("when it is before the last contact of an earlier run: a battery is empty", () => {
    expect(openClock(startMs + 2 * minuteMs).clock.reading().doubt).toBe(false);
    expect(openClock(startMs + 2 * minuteMs + 1).clock.reading().doubt).toBe(true);
  });

  it("when nobody was heard for thirty days, until somebody is", () => {
    const { machine, clock } = openClock(startMs);
    machine.run(30 * dayMs);
    expect(clock.reading().doubt).toBe(false);
    machine.run(1);
    expect(clock.reading().doubt).toBe(true);
    clock.heard(machine.wall, 0);
    expect(clock.reading().doubt).toBe(false);
  });
});
