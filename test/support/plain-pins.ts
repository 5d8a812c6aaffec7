import type { Pins } from "#main/app/ports/pins.ts";

/** Verifiers that one can read, and that look like real ones. */
export const plainPins: Pins = {
  makeVerifier: (pin) => Promise.resolve(plainPinVerifier(pin)),
  verify: (verifier, pin) => Promise.resolve(verifier === plainPinVerifier(pin)),
};

export const plainPinVerifier = (pin: string): string => `$argon2id$plain:${pin}`;
