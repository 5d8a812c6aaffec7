import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { PushResult } from "#shared/contracts/sync/wire.ts";
import type { Outcome } from "#shared/domain/verdicts/verdict.ts";

export type Settlement = PushResult["settle"];

/** What became of an operation. */
export type Judgement = {
  readonly verdict: Outcome | "duplicate";
  /** For a duplicate: what became of the first one. */
  readonly first?: Outcome;
  readonly code?: string;
  /** For one that is parked: the subject that has to arrive, as `member:ID`, `lot:ID`, `type:NAME` or `operation:ID`. */
  readonly waitsFor?: string;
  readonly settle: Settlement;
};

/** An operation with the dates it is booked under. */
export type ReceivedOperation = StoredOperation & {
  /** The claimed clock, at most five minutes ahead of receipt. */
  readonly effHlc: string;
  readonly receivedAtMs: number;
  /** Head office's business date of receipt: reports by it never change. */
  readonly bookingDate: string;
  /** Business date at the counter. */
  readonly eventDate: string;
};

export type JudgedOperation = ReceivedOperation & Judgement;

/** A member, card or lot that later money-like operations of one life must not touch. */
export type Wait = { readonly subject: string; readonly opId: string };

/** What head office writes without being asked: there is one for almost every operation of a station. */
export const ofItsOwnAccord: readonly string[] = [
  "rights.grant",
  "rights.fence",
  "rights.give_back",
  "rights.cover",
  "rights.uncover",
  "proposal.take_over",
  "points.repay",
  "points.expire",
  "points.exchange",
  "points.withdraw_exchange",
  "points.inactive",
  "points.revive",
  "points.reverse_rest",
  "points.propose_difference",
  "staff.pin_blocked",
  "purchase.award",
  "purchase.close",
  "purchase.ask_branch",
  "entry.flag",
];

export type LifeKey = { readonly replica: number; readonly incarnation: string };
/**
 * Operations about a person: those that name the member, or one of the ids in `named`: requests about an entry of theirs, and entries of theirs
 * that somebody has judged anew.
 */
export type AboutPerson = { readonly memberId: string; readonly named: readonly string[] };

export type Inbox = {
  readonly insert: (operations: readonly JudgedOperation[]) => Promise<void>;
  /** By operation id, as first heard. */
  readonly find: (opIds: readonly string[]) => Promise<readonly JudgedOperation[]>;
  /** Under these numbers of these stations, of whichever life. */
  readonly numbered: (slips: readonly { readonly replica: number; readonly seq: number }[]) => Promise<readonly JudgedOperation[]>;
  /** What was received from one life, both ends included. */
  readonly range: (replica: number, incarnation: string, fromSeq: number, toSeq: number) => Promise<readonly JudgedOperation[]>;
  /** How often this person's PIN was wrong on the business day that has the most tries, of those heard of after that instant. */
  readonly wrongPinsInADay: (staffId: string, afterMs: number) => Promise<number>;
  readonly waits: (incarnation: string) => Promise<readonly Wait[]>;
  readonly addWaits: (incarnation: string, waits: readonly Wait[]) => Promise<void>;
  /** Forgets what waits in one life: whoever judges its queue again finds out anew. */
  readonly clearWaits: (incarnation: string) => Promise<void>;
  /** What one life wrote and nothing came of yet, in order: parked and quarantined. */
  readonly unresolved: (life: LifeKey) => Promise<readonly JudgedOperation[]>;
  /** Other verdicts, and the date they are booked under, in the place of the earlier ones. */
  readonly judgedAgain: (operations: readonly JudgedOperation[]) => Promise<void>;
  /** What parked operations wait for, other than operations of their own life, and the lives that do. */
  readonly parkedFor: () => Promise<readonly (LifeKey & { readonly waitsFor: string })[]>;
  /** The branch whose station wrote each operation. */
  readonly authorBranches: (opIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What head office wrote of these types, oldest first. */
  readonly ownOfTypes: (incarnation: string, types: readonly string[]) => Promise<readonly JudgedOperation[]>;
  /** What head office wrote because somebody asked for it, newest first. @param belowSeq only what was written before; null for all */
  readonly ownOfPeople: (incarnation: string, belowSeq: number | null, limit: number) => Promise<readonly JudgedOperation[]>;
  /** Of what has this verdict, the newest first; flagged is only listed until a person has looked. @param branchId of one branch; null for all */
  readonly inQueue: (verdict: Outcome, branchId: string | null, limit: number) => Promise<readonly JudgedOperation[]>;
  /** How many operations about a person say something personal. */
  readonly countPersonal: (about: AboutPerson) => Promise<number>;
  /** Takes what is personal out of them, for good, and keeps its digest. @returns how many there were */
  readonly forget: (about: AboutPerson) => Promise<number>;
  /** Operations that stations wrote. */
  readonly count: () => Promise<number>;
};
