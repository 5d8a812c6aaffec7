export type OneTimeCode = {
  /** The first letters, by which the row is found. */
  readonly selector: string;
  readonly secretHash: Uint8Array;
  readonly purpose: "station" | "administrator";
  readonly branchId: string | null;
  readonly expiresAtMs: number;
  readonly wrongTries: number;
  readonly usedByKey: Uint8Array | null;
  readonly replica: number | null;
};

export type Session = { readonly replica: number; readonly incarnation: string; readonly expiresAtMs: number };

/** The server's own identity: made once, with the first tables. */
export type ServerIdentity = {
  readonly serverId: string;
  /** Ed25519, PKCS #8. */
  readonly privateKey: Uint8Array;
  /** Ed25519, 32 raw bytes. */
  readonly publicKey: Uint8Array;
  readonly directoryKey: Uint8Array;
  readonly incarnation: string;
  readonly isSample: boolean;
};

export type AccessStore = {
  /** @returns the identity that is there, or the one given when the database was empty, and whether it was */
  readonly identity: (fresh: ServerIdentity) => Promise<{ identity: ServerIdentity; isNew: boolean }>;
  readonly addCode: (code: OneTimeCode) => Promise<void>;
  /** Holds the code's row until the end of the transaction: tries are counted one by one. */
  readonly lockCode: (selector: string) => Promise<OneTimeCode | undefined>;
  readonly saveCode: (code: OneTimeCode) => Promise<void>;
  readonly addChallenge: (challenge: Uint8Array, replica: number, expiresAtMs: number) => Promise<void>;
  /** Uses a challenge up. @returns whether it was there, for this station and not too old */
  readonly takeChallenge: (challenge: Uint8Array, replica: number, nowMs: number) => Promise<boolean>;
  readonly addSession: (tokenHash: Uint8Array, session: Session) => Promise<void>;
  readonly findSession: (tokenHash: Uint8Array) => Promise<Session | undefined>;
  /** Ends the sessions of a station: who is in the middle of one says hello again, and hears how it stands. */
  readonly endSessions: (replica: number) => Promise<void>;
  /** Forgets what has run out. */
  readonly sweep: (nowMs: number, failedTriesBeforeMs: number) => Promise<void>;
  readonly addFailedTry: (subject: string, atMs: number) => Promise<void>;
  /** Instants of failed tries since then, oldest first. */
  readonly failedTries: (subject: string, sinceMs: number) => Promise<readonly number[]>;
  readonly forgetFailedTries: (subject: string) => Promise<void>;
};
