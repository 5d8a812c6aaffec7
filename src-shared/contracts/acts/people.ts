import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { date, instantMs, requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "member.merge";
const memberId = z.uuid();
const points = z.int();

/** What somebody compares who wonders whether two members are one person. */
const personView = z.strictObject({
  memberId,
  memberNumber: z.string(),
  /** Other numbers that stand for this member already. */
  alsoNumbered: z.array(z.string()),
  name: z.string(),
  phonesMasked: z.array(z.string()),
  birthday: date.nullable(),
  address: z.string(),
  /** Name of the branch. */
  homeBranch: z.string(),
  joinedAtMs: instantMs,
  /** Less what is owed. */
  balance: points,
  debt: points.nonnegative(),
  /** The main card that works; null where none does. */
  card: z.strictObject({ kindName: localName, last4: z.string() }).nullable(),
});
export type PersonView = z.infer<typeof personView>;

const sameness = z.enum(["phone", "name", "birthday"]);
export type Sameness = z.infer<typeof sameness>;

const shownBalances = z.array(z.strictObject({ memberId, balance: points })).length(2);
/** What was decided by is not so any more: nothing is done, and the new figures are shown. */
const changed = refusalWith("PEOPLE_CHANGED", z.object({ balances: shownBalances }));

const mergedView = z.strictObject({
  /** The member that stays. */
  member: personView,
  merged: personView.pick({ memberId: true, memberNumber: true, name: true, phonesMasked: true }),
  /** Null where it cannot be told any more. */
  mergedAtMs: instantMs.nullable(),
  by: z.string().nullable(),
});
export type MergedView = z.infer<typeof mergedView>;

/** Members with the same phone, who may have joined twice, and those that were made one. */
export const listPeopleAct = declareAct({
  type: "people.list",
  permission,
  isQuestion: true,
  input: z.strictObject({}),
  reply: z.strictObject({
    similar: z.array(z.strictObject({ members: z.array(personView).length(2), because: z.array(sameness).min(1) })),
    merged: z.array(mergedView),
  }),
  refusals: {},
});

/** Two members side by side, by their numbers or those that stand for them: the preview of a merge. */
export const comparePeopleAct = declareAct({
  type: "people.compare",
  permission,
  isQuestion: true,
  input: z.strictObject({ numbers: z.array(z.string().trim().min(1).max(64)).length(2) }),
  reply: z.strictObject({ members: z.array(personView).length(2), because: z.array(sameness) }),
  refusals: { ...refusalWith("NUMBER_UNKNOWN", z.object({ number: z.string() })), ...refusals("SAME_MEMBER") },
});

/**
 * Makes one member of two. The one that stays keeps its number and details; what is in the books under the other is found under it from now
 * on, at every counter that has heard.
 */
export const mergePeopleAct = declareAct({
  type: "member.merge",
  permission,
  input: z.strictObject({
    requestId,
    memberId,
    mergedId: memberId,
    /** Whose main card stays, where both have one; the other is blocked for good. */
    keepCardOf: memberId.nullable(),
    /** The balances as they were shown. */
    shown: shownBalances,
  }),
  reply: z.strictObject({ member: personView, blockedCard: personView.shape.card }),
  refusals: { ...refusals("MEMBER_NOT_FOUND", "SAME_MEMBER", "CARD_NOT_CHOSEN"), ...changed },
});

/** An award of the time in which they were one, of which nobody can tell whose it is. */
const unclearAward = z.strictObject({ opId: z.string(), receiptNumber: z.string(), points: points.positive(), earnedOn: date });

/** What each of two would have, were they made two again. */
export const previewSplitAct = declareAct({
  type: "people.previewSplit",
  permission,
  isQuestion: true,
  input: z.strictObject({ mergedId: memberId }),
  reply: z.strictObject({ members: z.array(personView).length(2), unclear: z.array(unclearAward) }),
  refusals: refusals("MEMBER_NOT_FOUND", "NOT_MERGED"),
});
export type SplitPreview = z.output<(typeof previewSplitAct)["reply"]>;

/** They were two people after all. */
export const splitPeopleAct = declareAct({
  type: "member.split",
  permission,
  input: z.strictObject({ requestId, mergedId: memberId, /** As the preview showed them. */ shown: shownBalances }),
  reply: previewSplitAct.reply,
  refusals: { ...refusals("MEMBER_NOT_FOUND", "NOT_MERGED"), ...changed },
});
