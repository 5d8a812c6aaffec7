import type { Passwords } from "#main/app/ports/passwords.ts";

/** Verifiers that one can read, and that look like real ones. */
export const plainPasswords: Passwords = {
  makeVerifier: (password) => Promise.resolve(plainVerifier(password)),
  verify: (verifier, password) => Promise.resolve(verifier === plainVerifier(password)),
};

export const plainVerifier = (password: string): string => `$argon2id$plain:${password}`;
