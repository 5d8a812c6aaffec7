import type { CardKind } from "./card-kind.ts";
import { luhnCheckDigit } from "./luhn.ts";

/** The n-th number of a kind whose numbers end in a check digit. */
export function cardNumberOf({ prefix, length }: Pick<CardKind, "prefix" | "length">, n: number): string {
  const digits = prefix + String(n).padStart(length - prefix.length - 1, "0");
  return digits + luhnCheckDigit(digits);
}
