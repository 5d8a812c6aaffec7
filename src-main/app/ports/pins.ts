/** Verifiers of PINs, made and checked off the main thread. A PIN is short: without the company's key its verifier must say nothing. */
export type Pins = {
  /** @returns an argon2id string */
  readonly makeVerifier: (pin: string, companyKey: Uint8Array) => Promise<string>;
  readonly verify: (verifier: string, pin: string, companyKey: Uint8Array) => Promise<boolean>;
};
