import { plainFigures } from "../../app/acts/amount.ts";

/** @returns a whole number of pieces up to 99,999, full-width figures included, or undefined for anything else */
export function parsePieces(text: string, min: 0 | 1): number | undefined {
  const typed = plainFigures(text);
  const pieces = /^\d{1,5}$/.test(typed) ? Number(typed) : -1;
  return pieces >= min ? pieces : undefined;
}
