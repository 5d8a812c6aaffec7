import { hash, verify } from "@node-rs/argon2";
import type { Passwords } from "#main/app/ports/passwords.ts";
import { argon2Cost } from "./argon2-cost.ts";

export const argon2Passwords: Passwords = {
  makeVerifier: (password) => hash(password, argon2Cost),
  // A verifier that cannot be read opens nothing; that somebody damaged it is not the person's business.
  verify: (verifier, password) => verify(verifier, password).catch(() => false),
};
