import { uptime } from "node:os";
import type { Clock } from "#main/app/ports/clock.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";

const doubtOffMs = 2 * 60 * 1000;
const doubtSilenceMs = 30 * 24 * 60 * 60 * 1000;

/** The machine's own two clocks: the wall clock, which people and batteries change, and one that only runs, asleep or awake. */
export type MachineClocks = { readonly wallMs: () => number; readonly monotonicMs: () => number };

/** Uptime, since it goes on while the machine sleeps: by `performance.now()` a night with a closed lid would look like a clock set ahead. */
export const machineClocks: MachineClocks = { wallMs: () => Date.now(), monotonicMs: () => uptime() * 1000 };

/**
 * Station time is the later of the wall clock and head office's last time plus the time since, in the same run. It is in doubt when
 * the two differ by more than two minutes, when the wall clock ran backwards against the monotonic one, or when nobody was heard for
 * thirty days.
 *
 * @param lastContactMs when head office was last heard, from before this run; null when never
 */
export function makeStationClock(machine: MachineClocks, lastContactMs: number | null): Clock {
  const startedAt = { wall: machine.wallMs(), monotonic: machine.monotonicMs() };
  let heardAt: { readonly server: number; readonly monotonic: number; readonly errorMs: number } | undefined;
  let lastHeardWall = lastContactMs;

  const headOfficeNow = (): number | undefined => heardAt && heardAt.server + (machine.monotonicMs() - heardAt.monotonic);
  /** Wall clock minus head office; 0 while head office was not heard in this run. */
  const offMs = (): number => {
    const reference = headOfficeNow();
    return reference === undefined ? 0 : Math.round(machine.wallMs() - reference);
  };
  const ranBackwards = (): boolean => machine.wallMs() - startedAt.wall < machine.monotonicMs() - startedAt.monotonic - doubtOffMs;
  const isBehindLastContact = (): boolean => lastHeardWall !== null && nowMs() < lastHeardWall - doubtOffMs;
  const isSilent = (): boolean => lastHeardWall !== null && nowMs() - lastHeardWall > doubtSilenceMs;

  const nowMs = (): number => Math.round(Math.max(machine.wallMs(), headOfficeNow() ?? 0));
  return {
    nowMs,
    wallMs: machine.wallMs,
    businessDate: () => businessDateOf(nowMs()),
    reading: () => ({
      off: offMs(),
      err: Math.round(heardAt?.errorMs ?? 0),
      doubt: Math.abs(offMs()) > doubtOffMs || (heardAt === undefined && ranBackwards()) || isBehindLastContact() || isSilent(),
    }),
    heard: (serverTimeMs, roundTripMs) => {
      heardAt = { server: serverTimeMs + roundTripMs / 2, monotonic: machine.monotonicMs(), errorMs: roundTripMs / 2 };
      lastHeardWall = serverTimeMs;
    },
  };
}
