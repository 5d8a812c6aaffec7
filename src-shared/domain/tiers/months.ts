import { addDays, addMonths } from "#shared/domain/time/calendar.ts";
import type { TierScheme } from "./tier-scheme.ts";

/** Months as `YYYY-MM`. Tiers are evaluated for the end of each. */
const monthOf = (date: string): string => date.slice(0, "YYYY-MM".length);
const firstOf = (month: string): string => `${month}-01`;
const after = (month: string): string => monthOf(addMonths(firstOf(month), 1));

/** Its last day: the instant that an evaluation is about is the end of that business day. */
export const lastDayOf = (month: string): string => addDays(firstOf(after(month)), -1);

/** The months that end after one date and not after another, oldest first; the second one included. */
export function monthsEnding(afterDate: string, until: string): readonly string[] {
  const months: string[] = [];
  for (let month = monthOf(afterDate); lastDayOf(month) <= until; month = after(month))
    if (lastDayOf(month) > afterDate) months.push(month);
  return months;
}

/** The days whose purchases count for a month's evaluation, both inclusive. */
export function windowOf(window: TierScheme["window"], month: string): { readonly from: string; readonly until: string } {
  const from = window === "calendarYear" ? `${month.slice(0, "YYYY".length)}-01-01` : addMonths(firstOf(month), -11);
  return { from, until: lastDayOf(month) };
}

/** A calendar year is judged when it is over; twelve months are always whole. */
export const mayLowerIn = (window: TierScheme["window"], month: string): boolean => window === "twelveMonths" || month.endsWith("-12");

/** Whether a month's evaluation counts a purchase of that day. */
export function counts(window: TierScheme["window"], month: string, day: string): boolean {
  const { from, until } = windowOf(window, month);
  return from <= day && day <= until;
}
