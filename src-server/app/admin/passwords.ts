import { hash, verify } from "@node-rs/argon2";

/** Argon2id as the Open Worldwide Application Security Project advises: 19 MiB, two passes, one lane. Runs off the main thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const makeVerifier = (password: string): Promise<string> => hash(password, cost);

/** @param verifier undefined for an account that does not exist: refused after as long as for one that does */
export async function isPassword(verifier: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(verifier ?? (await nobodysVerifier()), password);
  return verifier !== undefined && matches;
}

let nobodys: Promise<string> | undefined;
const nobodysVerifier = (): Promise<string> => (nobodys ??= makeVerifier("nobody"));
