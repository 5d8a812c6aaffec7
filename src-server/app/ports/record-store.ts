import type { RecordKind } from "#shared/domain/operations/effect.ts";
import type { FeedKind } from "#shared/contracts/sync/feed.ts";
import type { RowHash } from "#shared/contracts/sync/row-hash.ts";
import type { JsonObject } from "#shared/std/json.ts";

export type RecordKey = { readonly kind: RecordKind | FeedKind; readonly id: string };

export type StoredRecord = RecordKey & {
  readonly doc: JsonObject;
  /** For each field the clock and replica of the edit it comes from, as sortable text. */
  readonly fieldClock: Readonly<Record<string, string>>;
  /** Grows with every change. */
  readonly ver: number;
};

/** With what stations compare their copy of it by, where a feed carries it. */
type HashedRecord = StoredRecord & { readonly hash?: RowHash };

export type RecordStore = {
  readonly find: (keys: readonly RecordKey[]) => Promise<readonly StoredRecord[]>;
  readonly staffNamed: (userName: string) => Promise<StoredRecord | undefined>;
  readonly branchCoded: (code: string) => Promise<StoredRecord | undefined>;
  readonly ofKind: (kind: RecordKey["kind"]) => Promise<readonly StoredRecord[]>;
  readonly membersNumbered: (memberNumbers: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** Who joined last, newest first. */
  readonly membersJoinedLast: (limit: number) => Promise<readonly StoredRecord[]>;
  /** Who has one of these phones among theirs. */
  readonly membersWithPhones: (phones: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** All versions of these rules. */
  readonly ruleVersions: (ruleIds: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** About these members: proposals that are open or for a purchase since `sinceDate`, all that lapsed since then, and every review. */
  readonly ofMembers: (memberIds: readonly string[], sinceDate: string) => Promise<readonly StoredRecord[]>;
  /** Reviews, proposals and requests about a member, of all time: what people said stands in them. */
  readonly aboutPerson: (memberId: string) => Promise<readonly StoredRecord[]>;
  /** All that ever lapsed of these members' points. */
  readonly lapses: (memberIds: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** Proposals that a life of a station holds and has not decided. */
  readonly proposalsHeldBy: (incarnation: string) => Promise<readonly StoredRecord[]>;
  /** Holds of a life that have not ended. */
  readonly holdsOf: (incarnation: string) => Promise<readonly StoredRecord[]>;
  /** What stations were asked to hand back of these members' rights, and have not answered. */
  readonly openRecalls: (memberIds: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** The ranges that these blank cards lie in. */
  readonly cardRangesOver: (cardNumbers: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** Of every gift at every branch the last count, and all movements from it on. */
  readonly giftMovesSinceCount: () => Promise<readonly StoredRecord[]>;
  /** Requests that wait for their entry: refunds of these receipts, and voids of what this station wrote. */
  readonly openRequests: (about: {
    readonly receiptNumbers: readonly string[];
    readonly replica: number;
  }) => Promise<readonly StoredRecord[]>;
  /**
   * Before anything is read or locked, of a transaction that brings entries or requests about entries: whoever brings requests goes before or
   * after everybody who brings entries, never beside them. Else the request would not find the entry, nor the entry the request.
   */
  readonly takeTurn: (brings: "entries" | "requests") => Promise<void>;
  /** Purchases that wait for their card, and whose it is by now; oldest first. */
  readonly purchasesWithOwner: () => Promise<readonly { readonly purchaseId: string; readonly memberId: string }[]>;
  /** Purchases kept before that instant whose card nobody has taken; oldest first. */
  readonly purchasesUnclaimed: (keptBeforeMs: number) => Promise<readonly StoredRecord[]>;
  /** Requests that a station was asked to answer and has not. */
  readonly sentRequests: (origin: number) => Promise<readonly StoredRecord[]>;
  /** Open ones first, then the newest; as many as a person would look through. */
  readonly latestProposals: () => Promise<readonly StoredRecord[]>;
  /** Balance by member number, of the members named or of all; what lapsed before `today` is not counted. */
  readonly balances: (memberNumbers: readonly string[] | undefined, today: string) => Promise<ReadonlyMap<string, number>>;
  readonly save: (records: readonly HashedRecord[]) => Promise<void>;
};
