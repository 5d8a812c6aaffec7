/** Verifiers of passwords, argon2id, made and checked off the main thread. */
export type Passwords = {
  /** @returns an argon2id string with a salt of its own */
  readonly makeVerifier: (password: string) => Promise<string>;
  readonly verify: (verifier: string, password: string) => Promise<boolean>;
};
