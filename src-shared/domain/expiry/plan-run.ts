import { businessDateOf, businessDayStartMs } from "#shared/domain/time/business-date.ts";
import { addDays, dayNumberOf } from "#shared/domain/time/calendar.ts";

/** Head office waits this long for a station that it does not hear of. */
export const waitDaysMax = 14;

type HeardStation = { readonly replica: number; readonly heardThroughMs: number | null };

export type RunPlan = {
  /** The last business date whose lapsed points may be expired now. */
  readonly until: string;
  /** Stations that may still tell of something that happened on it or before. */
  readonly without: readonly number[];
};

/**
 * Up to which day a run may go. What lapsed on a day is not touched before every live station was heard past the end of that day, since
 * it may have spent of it; two weeks later the run goes without whoever is silent.
 */
export function planRun(stations: readonly HeardStation[], nowMs: number, waitDays: number = waitDaysMax): RunPlan {
  const yesterday = addDays(businessDateOf(nowMs), -1);
  const heardPast = stations.map(({ heardThroughMs }) => addDays(businessDateOf(heardThroughMs ?? 0), -1));
  const heardByAll = heardPast.reduce((earliest, date) => (date < earliest ? date : earliest), yesterday);
  const longAgo = addDays(yesterday, -waitDays);
  const until = heardByAll > longAgo ? heardByAll : longAgo;
  const endMs = businessDayStartMs(dayNumberOf(until) + 1);
  return { until, without: stations.filter(({ heardThroughMs }) => (heardThroughMs ?? 0) < endMs).map(({ replica }) => replica) };
}
