import { z } from "zod";
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
  /** What this station itself may spend now. */
  spendableHere: points,
  /** Lying at head office, grantable when the line is up; as of `asOfMs`. */
  atHeadOffice: points,
  /** Held for spending at other branches. */
  atOtherBranches: z.array(z.strictObject({ branch: z.string(), points })),
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
  state: z.enum(["active", "frozen"]),
  homeBranch: z.string(),
  card: z.strictObject({ kindName: localName, last4: z.string(), state: cardState, blockedReason: z.string().nullable() }).nullable(),
  /** State of the very card that was swiped; it may be an old one of this member. */
  swipedCardState: cardState.nullable(),
  balance: balanceView,
  /** Movements written at this station, newest first: positive in, negative out. What is proposed is not yet the member's. */
  lastVisits: z.array(z.strictObject({ atMs: instantMs, kind: z.enum(["award", "proposal", "redeem"]), points: z.int() })),
});
export type MemberCard = z.infer<typeof memberCard>;

export const phone = z
  .string()
  .transform((text) => text.normalize("NFKC").replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\+?\d{5,15}$/));

export const createMemberInput = z.strictObject({
  requestId,
  /** 1 to 50 characters (C-03). */
  name: z
    .string()
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(z.string().min(1).max(50)),
  /** Up to three, at least one (C-06). */
  phones: z.array(phone).min(1).max(3),
});
export type CreateMemberInput = z.infer<typeof createMemberInput>;

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
};
