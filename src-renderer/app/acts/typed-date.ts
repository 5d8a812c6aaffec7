import { dateOfDayNumber, dayNumberOf } from "#shared/domain/time/calendar.ts";
import { plainFigures } from "./amount.ts";

/**
 * Reads a date as it is typed: `2026-12-31`, `2026/12/31`, `20261231`, `２０２６年12月31日`.
 *
 * @returns `YYYY-MM-DD`, or undefined for what is no day of the calendar
 */
export function parseDate(text: string): string | undefined {
  const match = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/.exec(plainFigures(text));
  if (!match) return undefined;
  const [, year = "", month = "", day = ""] = match;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  // The 31st of June is the 1st of July to the arithmetic, and a slip of the hand to the person.
  return dateOfDayNumber(dayNumberOf(date)) === date ? date : undefined;
}
