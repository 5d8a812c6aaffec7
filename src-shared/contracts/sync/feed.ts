import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { cardKind } from "#shared/domain/cards/card-kind.ts";
import { cardRange } from "#shared/domain/cards/card-range.ts";
import { capUseRecord } from "#shared/domain/earning/day-cap.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { dictionaryEntry } from "#shared/domain/dictionaries/ops.ts";
import { keptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import { recallRecord } from "#shared/domain/ledger/recall.ts";
import { lapseRecord } from "#shared/domain/expiry/lapse.ts";
import { aliasRecord } from "#shared/domain/members/alias.ts";
import { erasureRecord } from "#shared/domain/members/erasure.ts";
import { memberRecord } from "#shared/domain/members/member.ts";
import { reviewRecord } from "#shared/domain/members/review.ts";
import { poolFigures, poolMemberRecord, poolRecord } from "#shared/domain/pools/pool.ts";
import { requestRecord } from "#shared/domain/requests/request.ts";
import { holdRecord } from "#shared/domain/redemption/hold.ts";
import { redemptionPlan } from "#shared/domain/redemption/plan.ts";
import { staffRecord } from "#shared/domain/staff/staff.ts";
import { gift } from "#shared/domain/stock/gift.ts";
import { stockMove } from "#shared/domain/stock/stock-move.ts";
import { tierRecord } from "#shared/domain/tiers/tier-record.ts";
import { tierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import { verdictRecord } from "#shared/domain/verdicts/verdict.ts";

const points = z.int().nonnegative();

/** A card binding as the feed carries it to the branches that know the member. */
const cardRecord = z.strictObject({
  cardNumber: z.string(),
  cardKind: z.string(),
  memberId: z.string(),
  state: z.enum(["active", "blocked"]),
  blockedReason: z.string().nullable(),
  /** Business date; null while the card works, and in rows from before the date was kept. */
  blockedOn: z.iso.date().nullable().default(null),
  /** The main card that a sub-card hangs on; null for a main card, and in rows from before there were others. */
  mainCard: z.string().nullable().default(null),
});
export type CardRecord = z.infer<typeof cardRecord>;

/** Head office's figures of one member, made from the ledger in the transaction that changed it. */
const balanceRecord = z.strictObject({
  memberId: z.string(),
  /** Pool, all rights, what is held and what is set aside, minus debt; never below zero while there is no debt. */
  balance: z.int(),
  pool: points,
  rights: z.array(z.strictObject({ branchId: z.string(), points })),
  /** Waits at a station for the end of a redemption. */
  held: points.default(0),
  /** The same by branch; left out where nothing is held, and in rows from before this was told. */
  heldAt: z.array(z.strictObject({ branchId: z.string(), points })).exactOptional(),
  /** Could be spent by a life of a station that goes on no more, and by nobody until head office gives it back. */
  setAside: z.array(z.strictObject({ branchId: z.string(), points })).default([]),
  proposed: points,
  debt: points,
  /** Unspent points by lot, wherever they are held. */
  lots: z.array(z.strictObject({ lotId: z.string(), points, earnedOn: z.string(), expiresOn: z.string().nullable() })),
  /** The latest of what became of lapsed points, newest first; left out where nothing did. */
  lapses: z.array(lapseRecord.omit({ memberId: true, standsFor: true, moves: true })).exactOptional(),
});
export type BalanceRecord = z.infer<typeof balanceRecord>;

/** What every station knows of every member, and nothing else: enough to serve a card, too little to be a customer list. */
const directoryRecord = z.strictObject({
  memberId: z.string(),
  memberNumber: z.string(),
  /** Surname, then a star for every further character. */
  nameMasked: z.string(),
  state: z.enum(["active", "frozen"]),
  homeBranch: z.string(),
  /** Left out where the member has none. */
  tier: z.string().exactOptional(),
  /** Of the first phone; null when there is none, and in rows from before this was told. See `phoneTagOf`. */
  phone: z
    .strictObject({ last4: z.string().max(4), tag: z.string().regex(/^[0-9a-f]{3}$/) })
    .nullable()
    .default(null),
  cards: z.array(
    z.strictObject({
      /** HMAC-SHA256 of the number under the company's directory key, first 16 bytes in hex. */
      hash: z.string(),
      last4: z.string(),
      cardKind: z.string(),
      state: z.enum(["active", "blocked"]),
      blockedReason: z.string().nullable(),
      /** Left out for a main card. */
      isSubCard: z.literal(true).exactOptional(),
    }),
  ),
});
export type DirectoryRecord = z.infer<typeof directoryRecord>;

/** A right to spend, placed at one incarnation. Grants are applied in the order of `gno`, each once. */
const grantRecord = z.strictObject({
  opId: z.string(),
  incarnation: z.string(),
  gno: z.int().positive(),
  memberId: z.string(),
  lines: z
    .array(z.strictObject({ lotId: z.string(), points: z.int().positive(), earnedOn: z.string(), expiresOn: z.string().nullable() }))
    .min(1),
});
export type GrantRecord = z.infer<typeof grantRecord>;

/** What the feed can deliver, by the `e` of a row. */
export const feedRecords = {
  branch: branchRecord,
  rule: earningRule,
  plan: redemptionPlan,
  hold: holdRecord,
  cardKind,
  dictionaryEntry,
  cardRange,
  gift,
  pool: poolRecord,
  poolMember: poolMemberRecord,
  poolFigures,
  staff: staffRecord,
  member: memberRecord,
  alias: aliasRecord,
  card: cardRecord,
  balance: balanceRecord,
  proposal: proposalRecord,
  tierScheme,
  tier: tierRecord,
  capUse: capUseRecord,
  stockMove,
  directory: directoryRecord,
  grant: grantRecord,
  request: requestRecord,
  recall: recallRecord,
  review: reviewRecord,
  verdict: verdictRecord,
  keptPurchase,
  erasure: erasureRecord,
} as const;
export type FeedKind = keyof typeof feedRecords;
export const isFed = (kind: string): kind is FeedKind => Object.hasOwn(feedRecords, kind);
export type FeedRecords = { readonly [K in FeedKind]: z.infer<(typeof feedRecords)[K]> };

/** Streams are independent: nobody may rely on an order between two of them. */
export const streams = {
  /** Branches, rules, plans, tiers, gifts, pools with their members and figures, card kinds, which blank cards are whose, and who is to be forgotten. */
  config: "cfg",
  /** The thin directory of all members, and which of them are one person. */
  directory: "dir",
  /** The working set of a branch: members, cards, balances, tiers, what counts of caps, proposals; what its stations hold; its staff; the movements of its stock. */
  profile: (branchId: string): string => `prof/${branchId}`,
  /** For one station alone: grants, requests and recalls it made or is asked to answer, what it kept for unknown cards, later verdicts. */
  me: (replica: number): string => `me/${replica}`,
} as const;

/** The rows of a working set: those that contain what its stations wrote, and that the settle rule is about. */
export const isProfile = (stream: string): boolean => stream.startsWith(streams.profile(""));
