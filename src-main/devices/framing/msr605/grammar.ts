import type { CardReadFailureCode } from "#main/devices/device-error.ts";

/** Told in place of a byte when none came for a while. */
export const silence = -1;

/** An answer as it is read: takes a byte at a time and returns what the answer was, or throws `Damage`. */
export type Grammar<T> = Generator<undefined, T, number>;

/** What came is no answer. Thrown inside a grammar, and caught by the framer that drives it. */
export class Damage extends Error {
  override readonly name = "Damage";
  readonly code: Extract<CardReadFailureCode, "TRUNCATED" | "OVERSIZE" | "BAD_FORMAT" | "BAD_CHARACTER">;

  constructor(code: Damage["code"]) {
    super(code);
    this.code = code;
  }
}

/** The next byte; a silence in its place cuts the answer off. */
export function* anyByte(): Grammar<number> {
  const byte = yield;
  if (byte === silence) throw new Damage("TRUNCATED");
  return byte;
}

/** Exactly these bytes, and no others. */
export function* exactly(...expected: readonly number[]): Grammar<void> {
  for (const byte of expected) if ((yield* anyByte()) !== byte) throw new Damage("BAD_FORMAT");
}
