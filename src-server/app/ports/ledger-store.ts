import type { BookedAccount } from "#shared/domain/periods/period.ts";
import type { Holder, Lot, LotKind } from "#shared/domain/ledger/lots.ts";

export type Account = { readonly lotId: string; readonly holder: Holder; readonly memberId: string; readonly amount: number };

/** With what it is of: rights to spend points, or a share of a limited benefit. */
export type AccountOfLife = Account & { readonly kind: LotKind };

type LifeTotal = {
  readonly incarnation: string;
  readonly points: number;
  readonly members: number;
  /** What of campaigns it may still give. */
  readonly budget: number;
};

export type LedgerEntry = {
  readonly opId: string;
  /** Counts the entries of one operation from 0. */
  readonly line: number;
  /** Null for debt and claim, which belong to the member. */
  readonly lotId: string | null;
  readonly memberId: string;
  readonly holder: Holder | "DEBT" | "CLAIM";
  readonly amount: number;
  readonly eventDate: string;
  readonly bookingDate: string;
};

export type Card = {
  readonly cardNumber: string;
  readonly cardKind: string;
  readonly memberId: string;
  readonly state: "active" | "blocked";
  readonly blockedReason: string | null;
  /** Business date. */
  readonly blockedOn: string | null;
  /** Clock of the block among edits, to tell whether a movement came after it. */
  readonly blockedHlc: string | null;
  /** The main card that a sub-card hangs on; null for a main card. */
  readonly mainCard: string | null;
  /** Clock of the issue among edits: of two main cards of one member the earlier one stays. Empty for cards from before it was kept, which are earlier than any. */
  readonly issuedHlc: string;
  /** The operation that issued it; null for cards from before it was kept. */
  readonly issueOp: string | null;
};

export type Undo = { readonly undone: string; readonly opId: string };
export type FirstAward = { readonly opId: string; readonly replica: number };
export type Grant = {
  readonly opId: string;
  readonly replica: number;
  readonly incarnation: string;
  readonly gno: number;
  readonly memberId: string;
};
export type Draw = {
  readonly drawId: string;
  readonly incarnation: string;
  readonly memberId: string;
  readonly want: number;
  readonly granted: number;
};

/** How often a member was served at a branch, in a span of months. */
export type Visits = { readonly memberId: string; readonly branchId: string; readonly visits: number };

export type LedgerChanges = {
  readonly lots: readonly Lot[];
  readonly entries: readonly LedgerEntry[];
  readonly undos: readonly Undo[];
  readonly newCards: readonly Card[];
  readonly blockedCards: readonly Card[];
  readonly grants: readonly Grant[];
};

/** Entries of one operation about one member that happened in a period and were booked after it. */
export type LateEntries = {
  readonly opId: string;
  readonly type: string;
  readonly memberId: string;
  readonly eventDate: string;
  readonly bookingDate: string;
  /** What they changed of all that the member has. */
  readonly points: number;
};

export type LedgerStore = {
  /** The last booking date of the newest closed period; nothing is booked on it or before. */
  readonly closedUntil: () => Promise<string | undefined>;
  /** All points booked after one date and until another, by kind of account; limited benefits are not among them. @param span `after` is null for the beginning of the books */
  readonly booked: (span: { after: string | null; until: string }) => Promise<readonly BookedAccount[]>;
  /** What happened in that span and was booked after it, oldest booking first. */
  readonly lateFacts: (span: { after: string | null; until: string; limit: number }) => Promise<readonly LateEntries[]>;
  /**
   * Holds the members until the end of the transaction, in the order of their ids so that nobody waits in a circle. Whatever belongs
   * to a member (lots, debt, cards) is changed by the holder alone.
   *
   * @returns the debt of each
   */
  readonly lock: (memberIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Lots of these members that have points left, and the lots named, with all accounts of each. */
  readonly lots: (of: {
    memberIds: readonly string[];
    lotIds: readonly string[];
  }) => Promise<{ lots: readonly Lot[]; accounts: readonly Account[] }>;
  /** What these holders have. */
  readonly heldBy: (holders: readonly Holder[]) => Promise<readonly AccountOfLife[]>;
  /** What each life may spend, holds, or could spend before it was fenced, and its shares of campaigns. */
  readonly lifeTotals: () => Promise<readonly LifeTotal[]>;
  readonly undone: (opIds: readonly string[]) => Promise<readonly Undo[]>;
  readonly cards: (of: { memberIds: readonly string[]; cardNumbers: readonly string[] }) => Promise<readonly Card[]>;
  /** Notes the receipts that were never seen, or whose award was undone. @returns the award that each belongs to */
  readonly claimReceipts: (awards: readonly (FirstAward & { receiptNumber: string })[]) => Promise<ReadonlyMap<string, FirstAward>>;
  /** The award that each of these receipts belongs to, as far as it was heard of. */
  readonly awardsOf: (receiptNumbers: readonly string[]) => Promise<ReadonlyMap<string, FirstAward>>;
  /** Books entries into accounts. @throws when a constraint of the database refuses */
  readonly save: (changes: LedgerChanges) => Promise<void>;
  /** Number of the last grant to each incarnation, 0 when there was none; call only while holding head office's own incarnation. */
  readonly lastGrantNumbers: (incarnations: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** What an incarnation may spend after its own operations up to `atSeq` and the grants up to `atGno`, and nothing later. */
  readonly rightsAsOf: (incarnation: string, atSeq: number, atGno: number) => Promise<readonly { lotId: string; points: number }[]>;
  readonly findDraw: (drawId: string) => Promise<Draw | undefined>;
  readonly addDraw: (draw: Draw) => Promise<void>;
  readonly addVisits: (visits: readonly Visits[], month: string) => Promise<void>;
  /** @param sinceMonth `YYYY-MM`; a branch that was visited before it only is listed with 0 visits */
  readonly visits: (memberIds: readonly string[], sinceMonth: string) => Promise<readonly Visits[]>;
  /** Members whom a branch has not served since that month began, some of them. */
  readonly notVisitedSince: (month: string, limit: number) => Promise<readonly Omit<Visits, "visits">[]>;
  readonly forgetVisits: (memberId: string, branchId: string) => Promise<void>;
};
