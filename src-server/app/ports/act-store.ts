/** What an act was asked as, and what it was answered. */
type DoneAct = { readonly digest: Uint8Array; readonly reply: unknown };

/** Which acts were done, so that one whose answer was lost is answered again and not done again. */
export type ActStore = {
  /**
   * Takes an id for an act until the end of the transaction; whoever comes with the same id waits for that end.
   *
   * @param digest of who asks for what
   * @returns what was done under the id before; undefined when it is this act's now
   */
  readonly begin: (actId: string, type: string, digest: Uint8Array) => Promise<DoneAct | undefined>;
  readonly finish: (actId: string, reply: unknown) => Promise<void>;
  /** Gives the id back: the act was refused, and may be asked for again with better facts. */
  readonly abandon: (actId: string) => Promise<void>;
};
