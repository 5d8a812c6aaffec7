import { z } from "zod";
import { poolRecord, sharePercent } from "#shared/domain/pools/pool.ts";
import { factorPercent } from "#shared/domain/tiers/tier-scheme.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { atHeadOffice, atStation } from "./base.ts";
import { date, instantMs, points, requestId } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";

/** How much this station knows of a member: all of the working set, or the masked directory line that every station has. */
const knownAs = z.enum(["workingSet", "directory"]);

const cardState = z.enum(["active", "blocked"]);

/** The balance block of the member pane. Every number has its explanation in `points.explain`. */
export const balanceView = z.strictObject({
  /**
   * All that the member has, as far as this station knows: head office's figure plus what is not exchanged yet, without what has lapsed.
   * Null outside the working set; below zero when more was spent than remains after a void.
   */
  balance: z.int().nullable(),
  /** What this station itself may spend now: of the member's own, and of the pool. */
  spendableHere: points,
  /** The household's or company's pool that the member saves up with; none of it is in `balance`. */
  shared: z
    .strictObject({
      name: z.string(),
      kind: poolRecord.shape.kind,
      /** Of a purchase, what goes to the pool. */
      sharePercent,
      /** All that the pool has, as far as this station knows. */
      balance: points,
      spendableHere: points,
    })
    .nullable(),
  /** Contributed to pools that the member has left, and still held at a branch: it comes when that branch has handed it back. */
  leftInPools: z.array(z.strictObject({ pool: z.string(), branch: z.string(), points })),
  /** Lying at head office, grantable when the line is up; as of `asOfMs`. */
  atHeadOffice: points,
  /** Held for spending at other branches. */
  atOtherBranches: z.array(z.strictObject({ branch: z.string(), points })),
  /** Called back from other branches for this counter, which have not answered: by branch, and since when. */
  calledBack: z.array(z.strictObject({ branch: z.string(), points, sinceMs: instantMs })),
  /** Kept back here until somebody says whether a redemption was carried out: by whom, and since when. */
  held: z.array(z.strictObject({ holdId: z.string(), points, taker: z.string(), sinceMs: instantMs })),
  /** The same at other branches. */
  heldElsewhere: z.array(z.strictObject({ branch: z.string(), points })),
  /** Was held where it cannot be spent any more, and nobody may spend it until head office gives it back. */
  setAside: z.array(z.strictObject({ branch: z.string(), points })),
  /** What this station could spend before waits for head office: its database goes on as another life. */
  awaitsContact: z.boolean(),
  /** Points proposed that wait for approval. */
  proposed: points,
  /** Points owed after a void of what was already spent; the next points repay them. */
  debt: points,
  /** When head office's figure was made; null when this station never heard one. */
  asOfMs: instantMs.nullable(),
  /** Movements written here that head office's figure does not contain yet. */
  notExchanged: z.int(),
  nextExpiry: z.strictObject({ points, expiresOn: date }).nullable(),
  /** Of the latest day on which points of the member lapsed, in the last three months. */
  lapsed: z
    .strictObject({
      lapsedOn: date,
      /** Gone, what was given back left out. */
      points,
      /** The member has other points for them, because as many were spent meanwhile that last longer. */
      givenBack: points,
      /** Head office has booked it; until then a branch that it has not heard of may have spent of them. */
      isConfirmed: z.boolean(),
    })
    .nullable(),
});
export type BalanceView = z.infer<typeof balanceView>;

export const memberCard = z.strictObject({
  memberId: z.string(),
  memberNumber: z.string(),
  knownAs,
  /** Full inside the working set, masked outside it. */
  name: z.string(),
  phonesMasked: z.array(z.string()),
  /** Null, and empty, where it is not known, or not known here. */
  birthday: date.nullable(),
  address: z.string(),
  state: z.enum(["active", "frozen"]),
  /** Since when nobody knows any more who this was; null for everybody else. */
  erasedOn: date.nullable(),
  homeBranch: z.string(),
  card: z
    .strictObject({
      kindName: localName,
      last4: z.string(),
      state: cardState,
      blockedReason: z.string().nullable(),
      /** Known to the branches that know the member. */
      blockedOn: date.nullable(),
    })
    .nullable(),
  /** Cards on the same account beside the main card, those that work first. */
  subCards: z.array(
    z.strictObject({
      /** By which one of them is cancelled; null where this branch does not know the member. */
      cardId: z.string().nullable(),
      last4: z.string(),
      state: cardState,
      blockedOn: date.nullable(),
    }),
  ),
  /** Null for one who never had any; without a name for one who has none any more. `canExplain` where this branch knows the member. */
  tier: z
    .strictObject({
      name: localName.nullable(),
      /** What a purchase earns in it today, in percent of what the rule gives; null where that is what everybody gets. */
      factorPercent: factorPercent.nullable(),
      canExplain: z.boolean(),
    })
    .nullable(),
  /** Numbers under which the same person had joined, too; they are one member now. */
  alsoNumbered: z.array(z.string()),
  /** State of the very card that was swiped; it may be an old one of this member. */
  swipedCardState: cardState.nullable(),
  /** The day on which a sub-card that was swiped ended; null for every other card, and where this branch does not know the member. */
  swipedSubCardEndedOn: date.nullable(),
  /** The card that was swiped is void: while two counters were apart another one had given the member a main card, and earlier. */
  swipedIsSecondCard: z.boolean(),
  /** Of each rule with a cap for the day, what this counter may still give the member, as far as it has heard. */
  capsLeft: z.array(z.strictObject({ ruleId: z.string(), points })),
  balance: balanceView,
  /** Movements written at this station, newest first: positive in, negative out. What is proposed is not yet the member's. */
  lastVisits: z.array(z.strictObject({ atMs: instantMs, kind: z.enum(["award", "proposal", "redeem"]), points: z.int() })),
});
export type MemberCard = z.infer<typeof memberCard>;

export const phone = z
  .string()
  .transform((text) => text.normalize("NFKC").replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\+?\d{5,15}$/));

/** 1 to 50 characters (C-03). */
const personName = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1).max(50));

export const createMemberInput = z.strictObject({
  requestId,
  name: personName,
  /** Up to three, at least one (C-06). */
  phones: z.array(phone).min(1).max(3),
});
export type CreateMemberInput = z.infer<typeof createMemberInput>;

const findSimilarInput = z.strictObject({ name: z.string().max(50), phones: z.array(phone).max(3) });
export type FindSimilarInput = z.infer<typeof findSimilarInput>;

const similarMember = z.strictObject({
  memberId: z.string(),
  memberNumber: z.string(),
  nameMasked: z.string(),
  /** Empty where this branch does not know them. */
  phonesMasked: z.array(z.string()),
  homeBranch: z.string(),
  /** `mayBePhone`: by a short tag, which one phone in forty million shares; `name`: it sounds the same. */
  because: z.enum(["phone", "mayBePhone", "name"]),
});
export type SimilarMember = z.infer<typeof similarMember>;

/** Of a phone that stays, the masked form that was shown; a new one in full. */
const phoneOrMasked = z.union([z.string().regex(/^\+?\d*\*+\d*$/), phone]);

const shownFacts = { name: z.string(), phones: z.array(z.string()), birthday: date.nullable(), address: z.string() };
const changedFacts = {
  name: personName,
  phones: z.array(phoneOrMasked).min(1).max(3),
  birthday: date.nullable(),
  address: z
    .string()
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(z.string().max(200)),
};

const changeMemberInput = z.strictObject({
  requestId,
  memberId: z.string(),
  /** What was on the screen, phones masked, of the fields that change: what has changed since is shown again, and not written over. */
  seen: z.strictObject(shownFacts).partial(),
  changed: z.strictObject(changedFacts).partial(),
});
export type ChangeMemberInput = z.infer<typeof changeMemberInput>;

const memberFactsView = z.strictObject(shownFacts).partial();

/** An edit that this station sent, and of which head office kept something else. */
const editView = z.strictObject({
  opId: z.string(),
  atMs: instantMs,
  memberId: z.string(),
  name: z.string(),
  operator: z.string(),
  /** Whether a person chooses, has chosen what was there, or a later edit stayed. */
  why: z.enum(["inReview", "reviewKept", "overtaken"]),
  /** Phones masked. */
  yours: memberFactsView,
  kept: memberFactsView,
  /** What the reviewer said. */
  reason: z.string().nullable(),
});
export type EditView = z.infer<typeof editView>;

/** Two places said different things of who a member is: somebody chooses. Phones are told in full, since they are what is compared. */
const reviewView = z.strictObject({
  reviewId: z.string(),
  memberId: z.string(),
  memberNumber: z.string(),
  round: z.int().positive(),
  state: z.enum(["open", "accepted", "kept"]),
  current: memberFactsView,
  proposed: memberFactsView,
  /** Null for a colleague of another branch, whom this station does not know. */
  submittedBy: z.string().nullable(),
  submittedAtMs: instantMs,
  isOwn: z.boolean(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** Decisions that came too late, for both reviewers to read. */
  late: z.array(z.strictObject({ by: z.string().nullable(), decision: z.enum(["accept", "keep"]), reason: z.string().nullable() })),
});
export type ReviewView = z.infer<typeof reviewView>;

const decideReviewInput = z.strictObject({
  requestId,
  reviewId: z.string(),
  round: z.int().positive(),
  decision: z.enum(["accept", "keep"]),
  /** What the author shall know; needed when their edit is not taken. */
  reason: z.string().trim().min(1).max(200).nullable(),
});
export type DecideReviewInput = z.infer<typeof decideReviewInput>;

export const findInput = z.strictObject({ text: z.string().trim().min(1).max(64) });

export const members = {
  /** Exact card, phone or member number of anybody (masked outside the working set); name, pinyin initials and parts in the working set. */
  find: atStation.input(findInput).output(z.strictObject({ members: z.array(memberCard), isComplete: z.boolean() })),
  /**
   * The same question to head office, for members whom this station does not know wholly. What is typed in full finds anybody, masked
   * outside the person's data scope; a part finds those in the scope. Head office remembers who asked.
   */
  findAtHeadOffice: atHeadOffice
    .input(findInput)
    .output(z.strictObject({ members: z.array(memberCard), isCut: z.boolean(), asOfMs: instantMs }))
    .errors(refusals("LOOKED_TOO_OFTEN")),
  /** Who may be a member already, while somebody is entered: a hint, and never a refusal (M-11). */
  similar: atStation.input(findSimilarInput).output(z.array(similarMember)),
  get: atStation
    .input(z.strictObject({ memberId: z.string() }))
    .output(memberCard)
    .errors(refusals("MEMBER_NOT_FOUND")),
  create: atStation
    .input(createMemberInput)
    .output(memberCard)
    .errors({
      ...refusals("NUMBERS_USED_UP", "REQUEST_ID_REUSED"),
      /** Somebody in reach has this phone: of the working set, since the directory holds no phones. */
      ...refusalWith("PHONE_TAKEN", z.object({ memberId: z.string(), nameMasked: z.string() })),
    }),
  /** Corrects or completes what is known of a member of the working set, line or no line. */
  change: atStation
    .input(changeMemberInput)
    .output(memberCard)
    .errors({
      ...refusals("MEMBER_NOT_FOUND", "ALREADY_ERASED", "MEMBER_CHANGED", "NOTHING_CHANGED", "REQUEST_ID_REUSED"),
      ...refusalWith("PHONE_TAKEN", z.object({ memberId: z.string(), nameMasked: z.string() })),
    }),
  /** Edits of this station of which head office kept something else, newest first; one that was sent again is not listed any more. */
  edits: atStation.output(z.strictObject({ edits: z.array(editView) })),
  /** Sends such an edit once more, now that its author has read what is kept instead. */
  sendAgain: atStation
    .input(z.strictObject({ requestId, opId: z.string() }))
    .output(memberCard)
    .errors(refusals("OPERATION_NOT_FOUND", "MEMBER_NOT_FOUND", "NOTHING_CHANGED", "REQUEST_ID_REUSED")),
  /** What waits for somebody to choose, and the newest of what was chosen. */
  reviews: atStation.output(z.strictObject({ reviews: z.array(reviewView) })),
  decideReview: atStation
    .input(decideReviewInput)
    .output(z.strictObject({ reviewId: z.string() }))
    .errors(refusals("REVIEW_NOT_FOUND", "REVIEW_DECIDED", "OWN_EDIT", "REASON_MISSING", "REQUEST_ID_REUSED")),
};
