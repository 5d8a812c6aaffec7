import { plainFigures } from "../../app/acts/amount.ts";

/** @returns a card number as printed, without the spaces between its groups; undefined for what cannot be one */
export function readCardNumber(text: string): string | undefined {
  const typed = plainFigures(text).replace(/[\s-]/g, "");
  return /^\d{8,19}$/.test(typed) ? typed : undefined;
}

/** @returns the mark below which a branch asks for more, from 0 on */
export function readMark(text: string): number | undefined {
  const typed = plainFigures(text).trim();
  return /^\d{1,6}$/.test(typed) ? Number(typed) : undefined;
}
