import { dateOfDayNumber } from "./calendar.ts";

/** The company's one clock: Asia/Shanghai, which has had no daylight saving since 1991. */
export const companyTimeZone = "Asia/Shanghai";
const offsetMs = 8 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
/** A sale at half past one at night belongs to the evening before. */
const cutOffHour = 4;

/** The business date of an instant. */
export function businessDateOf(atMs: number): string {
  return dateOfDayNumber(Math.floor((atMs + offsetMs - cutOffHour * 60 * 60 * 1000) / dayMs));
}

/** First instant of a business date: what is dated from it holds from here. */
export function businessDayStartMs(dayNumber: number): number {
  return dayNumber * dayMs - offsetMs + cutOffHour * 60 * 60 * 1000;
}
