import type { StaffRecord } from "./staff.ts";

/** What a PIN looks like: long enough that three tries say nothing, short enough to be typed at a counter. */
export const pinShape = /^[0-9]{6,12}$/;

/** Wrong PINs of one person at one station; from then on only the password opens it (U-03). */
export const pinTriesMax = 3;

/** Wrong PINs of one person in a day, at whatever stations; from then on no station takes the PIN until head office has heard of another. */
export const pinTriesADayMax = 5;

/** A group of so few digits, said over and over, is what people think of first. */
const groupMax = 3;

/** Whether a PIN is among the first that somebody would try: one group repeated (111111, 123123), or a run (123456, 987654, 890123). */
export function isGuessablePin(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const repeats = (size: number): boolean => digits.every((digit, i) => digit === digits[i % size]);
  const runs = (step: number): boolean => digits.every((digit, i) => digit === ((((digits[0] ?? 0) + step * i) % 10) + 10) % 10);
  return Array.from({ length: groupMax }, (_, i) => i + 1).some(repeats) || runs(1) || runs(-1);
}

/** Whether a card's owner can be asked for a PIN. */
export const pinStates = ["none", "set", "blocked"] as const;

export function pinStateOf({ pin, pinBlockedAtMs }: StaffRecord): (typeof pinStates)[number] {
  if (typeof pin !== "string") return "none";
  return typeof pinBlockedAtMs === "number" ? "blocked" : "set";
}
