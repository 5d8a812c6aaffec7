import { hkdfSync } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type { Pins } from "#main/app/ports/pins.ts";
import { argon2Cost } from "./argon2-cost.ts";

const pepperBytes = 32;

/** A key of its own for PINs, so that nothing else made with the company's key helps to guess one. */
const pepperOf = (companyKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", companyKey, new Uint8Array(), "counterfoil staff pin", pepperBytes));

export const argon2Pins: Pins = {
  makeVerifier: (pin, companyKey) => hash(pin, { ...argon2Cost, secret: pepperOf(companyKey) }),
  // A verifier that cannot be read opens nothing.
  verify: (verifier, pin, companyKey) => verify(verifier, pin, { secret: pepperOf(companyKey) }).catch(() => false),
};
