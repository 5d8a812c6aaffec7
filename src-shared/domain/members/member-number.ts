import { luhnCheckDigit } from "#shared/domain/cards/luhn.ts";

const serialMax = 99_999;

/** The n of a number that `memberNumberOf` made. */
export const serialOf = (memberNumber: string): number => Number(memberNumber.slice(5, 10));

/**
 * Number of the n-th member that a station enters. The station's own number is part of it, so two stations never make the same one
 * without asking anybody; the check digit catches a slip of the keyboard.
 *
 * @returns 11 digits, or undefined when the station's numbers are used up
 */
export function memberNumberOf(replica: number, serial: number): string | undefined {
  if (serial < 1 || serial > serialMax || replica > 99_999) return undefined;
  const digits = `${String(replica).padStart(5, "0")}${String(serial).padStart(5, "0")}`;
  return digits + luhnCheckDigit(digits);
}
