import type { MirrorPlace } from "./mirror.ts";

/** What is remembered of a database outside of it, so that one which was put back from an older copy is found out. */
export type GuardRecord = {
  readonly replica: number;
  readonly incarnation: string;
  /** The last operation when it was written. */
  readonly seq: number;
  /** Its hash in hex; 64 zeros for none. */
  readonly hash: string;
  /** Fingerprint of the computer; null where it has none. */
  readonly machine: string | null;
  /** Which file the database was, as the file system tells files apart; for whoever looks into what happened. */
  readonly file: string | null;
  /** Whether the mirror journal had everything: only then can a rebuild from it be complete. */
  readonly mirrorIsWhole: boolean;
};

/** The records beside the database and beside the mirror journal. */
export type Guard = {
  /** The newest that can be read. */
  readonly read: () => GuardRecord | undefined;
  /** Each of them whole or as it was before. One that cannot be written is left; it never throws. */
  readonly write: (record: GuardRecord) => void;
};

/** What durability asks of the world beside the store. */
export type DurabilityPlaces = {
  /** Undefined where no second copy is wanted. */
  readonly mirror: MirrorPlace | undefined;
  readonly guard: Guard;
  readonly machine: string | null;
  /** Asked each time: a snapshot puts another file in its place. */
  readonly file: () => string | null;
};
