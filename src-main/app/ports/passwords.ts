/** Checks a password against an argon2id verifier, off the main thread. */
export type Passwords = { readonly verify: (verifier: string, password: string) => Promise<boolean> };
