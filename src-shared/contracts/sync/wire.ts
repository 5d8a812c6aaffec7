import { z } from "zod";
import { toldRow } from "#shared/domain/stations/missed-row.ts";
import { outcome } from "#shared/domain/verdicts/verdict.ts";

/** The exchange between a station and head office, version 1. All requests are `POST` with a JSON body. */
export const syncPath = {
  identity: "/sync/v1/identity",
  enrol: "/sync/v1/enrol",
  challenge: "/sync/v1/challenge",
  hello: "/sync/v1/hello",
  push: "/sync/v1/push",
  envelope: "/sync/v1/envelope",
  pull: "/sync/v1/pull",
  draw: "/sync/v1/draw",
  act: "/sync/v1/act",
  find: "/sync/v1/find",
  deposit: "/sync/v1/deposit",
  ownOps: "/sync/v1/own-ops",
  repair: "/sync/v1/repair",
  erasures: "/sync/v1/erasures",
  present: "/sync/v1/present",
  snapshot: "/sync/v1/snapshot",
  snapshotChunk: "/sync/v1/snapshot/chunk",
} as const;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const base64 = z.base64();
const replica = z.int().positive();
const incarnation = hex(8);
const seq = z.int().nonnegative();
const instantMs = z.int();
/** How many rows, and the sum of their hashes modulo 2^64. */
const rowSum = z.strictObject({ count: z.int().nonnegative(), sum: hex(8) });
const leaf = z.int().min(0).max(0xffff);
/** So much of a repair is asked and answered at once, that one damaged row among a million costs little and a thousand cost some rounds. */
export const repairLimits = { buckets: 8, leaves: 64, rows: 2_000 } as const;
/** Tells keys of data apart; see `keyIdOf`. */
const keyId = hex(16);

/** Every refusal on the wire, with the HTTP status beside it. */
export const syncError = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()) }),
});
export type SyncError = z.infer<typeof syncError>;

/** Before anything is sent, head office proves that it holds the key which the enrolment code names: Ed25519 over tag and nonce. */
export const identityRequest = z.strictObject({ nonce: base64 });
export const identityReply = z.strictObject({ publicKey: base64, signature: base64 });
export const identityTag = "counterfoil-identity";

export const enrolRequest = z.strictObject({
  /** The whole code, 26 characters without separators. Never in a URL, never in a log. */
  code: z.string().length(26),
  /** The station's Ed25519 key, raw 32 bytes. Code and key together make the call idempotent. */
  publicKey: base64,
  app: z.string().max(64),
});
export const enrolReply = z.strictObject({
  replica,
  branch: z.strictObject({ branchId: z.string(), code: z.string(), name: z.string() }),
  serverId: z.string(),
  serverEpoch: z.int(),
  headOfficeKey: base64,
  /** Key of the directory's card hashes. */
  directoryKey: base64,
  isSample: z.boolean(),
});
export type EnrolRequest = z.infer<typeof enrolRequest>;
export type EnrolReply = z.infer<typeof enrolReply>;

export const challengeRequest = z.strictObject({ replica });
export const challengeReply = z.strictObject({ challenge: base64 });
/** The station signs tag, challenge and its incarnation. */
export const helloTag = "counterfoil-hello";

/** Fingerprint of the rights a station holds, as of exactly `atSeq` of its own log and `atGno` of the grants it has applied. */
const rightsClaim = z.strictObject({
  count: z.int().nonnegative(),
  /** Sum over (lot, amount) modulo 2^64, 16 hex digits; see `rightsSum`. */
  sum: hex(8),
  atSeq: seq,
  atGno: z.int().nonnegative(),
});
export type RightsClaim = z.infer<typeof rightsClaim>;

/**
 * How far head office's books go, signed by it: of one life of the station, and of what head office wrote itself. The station keeps the last one
 * and shows it at its hello, so that books which were put back from a copy find out.
 */
const reach = z.strictObject({ epoch: z.int().positive(), incarnation, ackSeq: seq, ownSeq: seq, signature: base64 });
export type Reach = z.infer<typeof reach>;
export const reachTag = "counterfoil-reach";

export const helloRequest = z.strictObject({
  replica,
  incarnation,
  /** The life that this one began from, and that one's last operation here; left out by a station's first life. */
  forkedFrom: z.strictObject({ incarnation, seq }).optional(),
  /** Said for a life that goes on no more and only hands over what it wrote; left out by the one that goes on. */
  isOver: z.literal(true).optional(),
  headSeq: seq,
  headHash: hex(32),
  proto: z.array(z.int()),
  app: z.string().max(64),
  clock: z.strictObject({ wallMs: instantMs, hlc: hex(8) }),
  rights: rightsClaim,
  /** The last that head office said of itself; left out before the first. */
  reach: reach.optional(),
  challenge: base64,
  challengeSignature: base64,
});
export type HelloRequest = z.infer<typeof helloRequest>;

/** `FENCED`: a person took this life for dead. `SUPERSEDED`: another life of this station goes on, on this computer or on another. */
export const helloVerdict = z.enum(["ok", "ROLLED_BACK", "FORK", "FENCED", "SUPERSEDED", "SUSPENDED", "UPGRADE"]);
export const helloReply = z.strictObject({
  verdict: helloVerdict,
  proto: z.int(),
  serverId: z.string(),
  serverEpoch: z.int(),
  serverTimeMs: instantMs,
  serverHlc: hex(8),
  ackSeq: seq,
  ackHash: hex(32),
  streams: z.array(z.string()),
  /** How far head office has published each of them, so that a station knows how much it lacks. */
  heads: z.record(z.string(), seq).exactOptional(),
  limits: z.strictObject({ maxOperations: z.int().positive(), maxBytes: z.int().positive() }),
  /** Other lives of the station, what they began from and how far they are here: an older copy of a database does not know all of it. */
  lives: z.array(z.strictObject({ incarnation, forkedFrom: z.strictObject({ incarnation, seq }).nullable(), ackSeq: seq })),
  /** To which X25519 key a station seals the key of its data, signed like the identity, and which of its keys is there; null for none. */
  deposit: z.strictObject({ publicKey: base64, signature: base64, keyId: keyId.nullable() }),
  /** Left out with a verdict that gives no token. */
  reach: reach.optional(),
  /** Head office was put back from a copy, and this station has not said yet what it has. */
  isPresenceAwaited: z.literal(true).optional(),
  /** Bearer token of the following requests, 15 minutes. */
  token: z.string(),
});
export type HelloReply = z.infer<typeof helloReply>;

const wireOperation = z.strictObject({
  id: z.uuid(),
  seq: z.int().positive(),
  hlc: hex(8),
  t: z.string().max(64),
  v: z.int().positive().max(0xffff),
  e: z.strictObject({ k: z.string().max(64), i: z.string().max(128) }).optional(),
  tx: z.strictObject({ id: z.string().max(64), n: z.int().positive(), of: z.int().positive() }).optional(),
  /** The body's exact text; its UTF-8 bytes are what was hashed. */
  b: z.string().max(262_144),
  /** The personal part's exact text, left out when there is none. */
  p: z.string().max(65_536).optional(),
  /** In its place, once the person was erased: its SHA-256, which the chain needs. */
  pd: hex(32).optional(),
  h: hex(32),
});
export type WireOperation = z.infer<typeof wireOperation>;

export const pushRequest = z.strictObject({
  replica,
  incarnation,
  /** The operation before the first one sent, and its hash. */
  baseSeq: seq,
  baseHash: hex(32),
  ops: z.array(wireOperation).min(1).max(1000),
  headHash: hex(32),
  /** Ed25519 over tag and head hash: the chain makes it cover every operation of the batch. */
  signature: base64,
});
export type PushRequest = z.infer<typeof pushRequest>;
export const pushTag = "counterfoil-push";

/**
 * What became of an operation. The receipt is separate from the verdict: whatever the verdict, the operation is stored at head office.
 * `applied`; `flagged`: applied, somebody shall look; `parked`: waits for something that has not arrived; `quarantined`: waits for a person;
 * `refused`: a person decided against it; `duplicate`: had been received before, `first` says what became of it.
 */
export const verdict = z.enum([...outcome.options, "duplicate"]);
const pushResult = z.strictObject({
  seq: z.int().positive(),
  verdict,
  first: outcome.optional(),
  code: z.string().optional(),
  /** The member's rows contain the operation once the cursor of stream `s` has reached `g`. */
  settle: z.array(z.strictObject({ s: z.string(), g: z.int() })),
});
export type PushResult = z.infer<typeof pushResult>;
export const pushReply = z.strictObject({
  ackSeq: seq,
  ackHash: hex(32),
  results: z.array(pushResult),
  serverTimeMs: instantMs,
  reach: reach.optional(),
});
export type PushReply = z.infer<typeof pushReply>;
/** 409 answers of push: `GAP` data {ackSeq}; `FORK` data {seq, hashHere}. 401 `TOKEN` means: say hello again. */

/** What an earlier life of the station wrote, from number `from` on, in order; nothing more when the station has all of it. */
export const ownOpsRequest = z.strictObject({ replica, incarnation, of: incarnation, from: z.int().positive() });
export const ownOpsReply = z.strictObject({ ops: z.array(z.strictObject({ op: wireOperation, result: pushResult })) });
export type OwnOpsRequest = z.infer<typeof ownOpsRequest>;
export type OwnOpsReply = z.infer<typeof ownOpsReply>;

export const pullRequest = z.strictObject({
  replica,
  incarnation,
  cursors: z.record(z.string(), seq),
  /** Streams that come another way just now, as a snapshot: nothing is told of them. */
  without: z.array(z.string().max(64)).max(8).exactOptional(),
  /** Of streams that were read again from their beginning, the `g` of the reset; left out where none was. */
  floors: z.record(z.string(), seq).exactOptional(),
  serverEpoch: z.int(),
  maxBytes: z.int().positive().max(8_388_608),
  /** How long to hold the request open when there is nothing new, at most 25 s. */
  waitMs: z.int().min(0).max(25_000),
});
export type PullRequest = z.infer<typeof pullRequest>;

/** Lines of the pull's NDJSON answer. All rows up to a `cur` are applied in one transaction together with the cursor. */
export const pullFrame = z.discriminatedUnion("k", [
  z.strictObject({ k: z.literal("hdr"), serverEpoch: z.int(), serverTimeMs: instantMs, serverHlc: hex(8) }),
  z.strictObject({
    k: z.literal("row"),
    s: z.string(),
    g: z.int().positive(),
    e: z.string(),
    id: z.string(),
    ver: z.int(),
    d: z.unknown(),
  }),
  z.strictObject({ k: z.literal("del"), s: z.string(), g: z.int().positive(), e: z.string(), id: z.string(), ver: z.int() }),
  /**
   * The cursor. With the last page comes what whoever has read all of the stream has: how many rows, and the sum of their hashes. One that has
   * something else asks `repair`.
   */
  z.strictObject({ k: z.literal("cur"), s: z.string(), g: seq, more: z.boolean(), rows: rowSum.exactOptional() }),
  /** What was deleted long ago is told no more: the stream is read again from its beginning, and `g` is said as its floor from then on. */
  z.strictObject({ k: z.literal("reset"), s: z.string(), g: seq }),
  z.strictObject({ k: z.literal("end") }),
]);
export type PullFrame = z.infer<typeof pullFrame>;

/**
 * A station whose copy of a stream is another than head office's finds out where. The rows of a stream lie in 65,536 leaves, 256 to a bucket; see
 * `leafOf`. First it sends the sums of its buckets, then what it has in the leaves that differ.
 */
const repairQuestion = z.discriminatedUnion("ask", [
  /** `sums`: of each of the 256 buckets the sum of its rows' hashes. */
  z.strictObject({ ask: z.literal("buckets"), sums: hex(8 * 256) }),
  z.strictObject({
    ask: z.literal("leaves"),
    leaves: z.array(leaf).min(1).max(repairLimits.leaves),
    /** All rows that the station was told of and has as it was told, in these leaves. */
    rows: z.array(z.strictObject({ e: z.string().max(64), id: z.string().max(128), h: hex(8) })).max(repairLimits.rows),
  }),
]);
export const repairRequest = z.strictObject({
  replica,
  incarnation,
  serverEpoch: z.int(),
  stream: z.string().max(128),
  /** How far the station has read. */
  cursor: seq,
  question: repairQuestion,
});
export const repairReply = z.discriminatedUnion("found", [
  /** The stream has moved on since: read it, and ask again if the pair still differs. */
  z.strictObject({ found: z.literal("moved") }),
  /** Buckets whose sums differ, not more than some, each with the sums of its 256 leaves. */
  z.strictObject({
    found: z.literal("buckets"),
    buckets: z.array(z.strictObject({ bucket: z.int().min(0).max(255), sums: hex(8 * 256) })).max(repairLimits.buckets),
  }),
  /** `rows` the station has not, or otherwise; `gone` what it has and head office has not. */
  z.strictObject({
    found: z.literal("rows"),
    rows: z.array(z.strictObject({ e: z.string(), id: z.string(), ver: z.int(), d: z.unknown() })),
    gone: z.array(z.strictObject({ e: z.string(), id: z.string() })),
  }),
]);
export type RepairRequest = z.infer<typeof repairRequest>;
export type RepairReply = z.infer<typeof repairReply>;

export const drawRequest = z.strictObject({
  drawId: z.uuid(),
  replica,
  incarnation,
  memberId: z.string(),
  want: z.int().positive(),
  /** What the pool does not have is recalled from other stations, and granted here as they answer. */
  mayRecall: z.boolean().exactOptional(),
});
/** `granted` may be less than wanted, or 0. The grants themselves arrive in the station's own stream, in order. */
export const drawReply = z.strictObject({
  granted: z.int().nonnegative(),
  /** Asked back from other stations for this one and not answered yet; told to those who may recall. */
  recalled: z.int().nonnegative().exactOptional(),
});
export type DrawRequest = z.infer<typeof drawRequest>;
export type DrawReply = z.infer<typeof drawReply>;

/** An act runs at head office only; the station names the person and head office checks that person's rights itself. */
export const actRequest = z.strictObject({
  actId: z.uuid(),
  replica,
  /** Which act; what its body must be stands with its declaration, in `contracts/acts`. */
  type: z.string().max(64),
  by: z.string(),
  seen: z.record(z.string(), z.int()),
  body: z.record(z.string(), z.unknown()),
});
export type ActRequest = z.infer<typeof actRequest>;
/** `duplicate`: it had been done before under this id, and `reply` is what was answered then. */
export const actReply = z.strictObject({ verdict: z.enum(["applied", "duplicate"]), reply: z.unknown() });
export type ActReply = z.infer<typeof actReply>;

/** Whole card, phone or member number: of anybody. A part of a name or number: of those in the person's data scope only. */
const findKind = z.enum(["card", "phone", "memberNumber", "part"]);
export const findRequest = z.strictObject({ replica, kind: findKind, value: z.string().min(1).max(64), by: z.string() });
const foundAtHeadOffice = z.strictObject({
  memberId: z.string(),
  memberNumber: z.string(),
  /** In full inside the person's data scope, masked outside it. */
  name: z.string(),
  phonesMasked: z.array(z.string()),
  state: z.enum(["active", "frozen"]),
  homeBranch: z.string(),
  card: z.strictObject({ cardKind: z.string(), last4: z.string(), state: z.enum(["active", "blocked"]) }).nullable(),
  balance: z.int(),
});
/** `isCut`: there are more than these, and something longer should be typed. */
export const findReply = z.strictObject({ members: z.array(foundAtHeadOffice).max(20), isCut: z.boolean(), asOfMs: instantMs });
export type FindRequest = z.infer<typeof findRequest>;
export type FindReply = z.infer<typeof findReply>;
export type FoundAtHeadOffice = z.infer<typeof foundAtHeadOffice>;

/** The key of a station's data for the day on which the station has lost it, sealed so that only head office opens it. */
export const depositRequest = z.strictObject({ replica, keyId, sealed: base64.max(128) });
export const depositReply = z.strictObject({ keyId });
export type DepositRequest = z.infer<typeof depositRequest>;
export type DepositReply = z.infer<typeof depositReply>;
export const depositKeyTag = "counterfoil-deposit-key";
export const depositTag = "counterfoil-deposit";

/** Who was forgotten, as this station was told: a head office that was put back from an older copy does it once more. */
export const erasuresRequest = z.strictObject({
  replica,
  incarnation,
  erasures: z.array(z.strictObject({ memberId: z.uuid(), on: z.iso.date(), signature: base64 })).max(100),
});
/** How many of them were new to it. */
export const erasuresReply = z.strictObject({ done: z.int().nonnegative() });
export type ErasuresRequest = z.infer<typeof erasuresRequest>;
export type ErasuresReply = z.infer<typeof erasuresReply>;
export const erasureTag = "counterfoil-erasure";

/**
 * Rows that this station had when head office was put back from a copy, and with `isAll` that head office has every operation it ever wrote:
 * what it could spend before is spent, and told, or given up.
 */
export const presentRequest = z.strictObject({
  replica,
  incarnation,
  serverEpoch: z.int(),
  rows: z.array(toldRow).max(200),
  isAll: z.boolean(),
});
export const presentReply = z.strictObject({});
export type PresentRequest = z.infer<typeof presentRequest>;
export type PresentReply = z.infer<typeof presentReply>;
