import type { RightsClaim } from "#shared/contracts/sync/wire.ts";
import type { ForkedFrom } from "#shared/domain/operations/encode.ts";
import type { Hlc } from "#shared/domain/operations/operation.ts";

export type Station = {
  readonly replica: number;
  readonly branchId: string;
  /** Ed25519, 32 raw bytes. */
  readonly publicKey: Uint8Array;
  readonly state: "active" | "revoked";
  /** By how much its wall clock was ahead at its last hello; null before the first. */
  readonly clockAheadMs: number | null;
};

/** Whether the last claim that could be compared was what our books say. */
export type ClaimState = "agrees" | "differs";

/** One continuous life of one station's database. */
export type Incarnation = {
  readonly replica: number;
  readonly incarnation: string;
  readonly state: "active" | "superseded" | "fenced" | "suspended";
  readonly ackSeq: number;
  readonly ackHash: Uint8Array;
  readonly lastHlc: Hlc;
  /** The life that it began from; null for a station's first. */
  readonly forkedFrom: ForkedFrom | null;
  /** What it said it may spend, until our books reach the point it spoke of and the two are compared. */
  readonly claim: RightsClaim | null;
  readonly claimState: ClaimState;
};

/** An incarnation with the branch it stands in. */
export type PlacedIncarnation = Pick<Incarnation, "replica" | "incarnation" | "state" | "claimState"> & {
  readonly branchId: string;
  readonly lastContactMs: number;
};

/** The key of a station's data as the station sealed it. */
export type KeyDeposit = { readonly keyId: string; readonly sealed: Uint8Array; readonly depositedAtMs: number };

/** More changes of a key than copies of its data are kept; without an end, one station could fill the disk. */
export const depositsMax = 16;

export type StationOverview = {
  readonly replica: number;
  readonly branchId: string;
  readonly app: string;
  readonly lastContactMs: number | null;
  /** Of its wall clock against ours at its last hello; null before the first. */
  readonly clockAheadMs: number | null;
  readonly ackSeq: number;
  readonly quarantined: number;
  readonly flagged: number;
  /** Operations that its program cannot have written, so that somebody or something else did, and that nobody has looked at. */
  readonly impossible: number;
  /** Of the station, its newest life, or that life's rights: whichever is worst. */
  readonly state: "enrolled" | "rights_differ" | "revoked" | Incarnation["state"];
};

export type StationStore = {
  readonly add: (station: { branchId: string; publicKey: Uint8Array; app: string }) => Promise<number>;
  readonly find: (replica: number) => Promise<Station | undefined>;
  /** @param told what a hello says of its program and its wall clock; other requests say nothing of them */
  readonly heard: (replica: number, atMs: number, told?: { readonly app: string; readonly clockAheadMs: number }) => Promise<void>;
  /** How far the log of a life goes, as it says at its hello. */
  readonly saidHead: (life: { replica: number; incarnation: string }, headSeq: number, atMs: number) => Promise<void>;
  /** Holds the incarnation's row until the end of the transaction: one batch of one life at a time. */
  readonly lock: (replica: number, incarnation: string) => Promise<Incarnation | undefined>;
  /** All lives of a station, oldest first. */
  readonly lives: (replica: number) => Promise<readonly Incarnation[]>;
  /** Enters another life of a station; by one that is active, the ones before it are superseded. */
  readonly register: (incarnation: Incarnation, atMs: number) => Promise<void>;
  readonly save: (incarnation: Incarnation) => Promise<void>;
  /** Lives named, and all lives at the branches named. */
  readonly placed: (at: { branchIds: readonly string[]; incarnations: readonly string[] }) => Promise<readonly PlacedIncarnation[]>;
  /** Keeps a key beside the earlier ones of the station, as many as `depositsMax`; the same again becomes the newest. */
  readonly deposit: (replica: number, deposit: KeyDeposit) => Promise<void>;
  /** Newest first. */
  readonly deposits: (replica: number) => Promise<readonly KeyDeposit[]>;
  readonly overview: () => Promise<readonly StationOverview[]>;
};
