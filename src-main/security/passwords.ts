import { verify } from "@node-rs/argon2";
import type { Passwords } from "#main/app/ports/passwords.ts";

export const argon2Passwords: Passwords = {
  // A verifier that cannot be read opens nothing; that somebody damaged it is not the person's business.
  verify: (verifier, password) => verify(verifier, password).catch(() => false),
};
