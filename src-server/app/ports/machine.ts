/** Wall clock of this computer, asked for so that a test can hand in its own. */
export type Clock = { readonly nowMs: () => number };

/** Fresh random bytes, fit for keys. */
export type Random = (bytes: number) => Uint8Array;

/** Codes, ids and counts; never a name, a card number or a key. */
export type Log = (event: string, facts: Readonly<Record<string, string | number | boolean>>) => void;

export type Machine = { readonly clock: Clock; readonly random: Random; readonly log: Log };
