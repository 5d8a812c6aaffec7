import type { FirstAward } from "#server/app/ports/ledger-store.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import { cardBlock, cardIssue, cardUndoIssue, replacedElsewhere, type UndoIssueData } from "#shared/domain/cards/ops.ts";
import { usedOn } from "#shared/domain/earning/day-cap.ts";
import { purchaseKeep } from "#shared/domain/earning/kept-purchase-ops.ts";
import { pointsAward, pointsVoidAward, type AwardData, type VoidAwardData } from "#shared/domain/earning/ops.ts";
import { lotOfProposal, proposalDecideHere, proposalHandOver } from "#shared/domain/earning/proposal-ops.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import { underNewerRule } from "#shared/domain/earning/newer-rule.ts";
import { hasLapsed } from "#shared/domain/ledger/lots.ts";
import { rightsRelease } from "#shared/domain/ledger/ops.ts";
import type { MemberFacts } from "#shared/domain/members/member.ts";
import { reviewDecide } from "#shared/domain/members/review-ops.ts";
import { reviewRecord } from "#shared/domain/members/review.ts";
import { memberCreate, memberPatch } from "#shared/domain/members/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { ForkedFrom } from "#shared/domain/operations/encode.ts";
import { memberIdOf } from "#shared/domain/operations/effects-of.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { pointsConfirm, pointsHold, redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { pointsRedeem, pointsVoidRedeem, type VoidRedeemData } from "#shared/domain/redemption/ops.ts";
import { refundRequest, requestDecline, voidRequest } from "#shared/domain/requests/ops.ts";
import { requestRecord } from "#shared/domain/requests/request.ts";
import { shiftClose } from "#shared/domain/shift/ops.ts";
import { staffPinWrong } from "#shared/domain/staff/ops.ts";
import { lendablePermissions, may, type Operator, type Permission, type Role } from "#shared/domain/staff/roles.ts";
import type { StaffRecord } from "#shared/domain/staff/staff.ts";
import { stockCounted, stockMoved } from "#shared/domain/stock/ops.ts";
import { hadEffect, type Outcome } from "#shared/domain/verdicts/verdict.ts";
import { sameJson } from "#shared/std/json.ts";
import type { Books } from "./books.ts";
import type { FlagCode, QuarantineCode } from "./codes.ts";
import { isByWordOfMouth, isNotTheirHold } from "./judge-holds.ts";
import { findPool, knowsPool } from "./pools.ts";
import { answersNoRecall } from "./recalls.ts";
import { factorKnown, isPublished } from "./tier-factors.ts";

export type JudgeFacts = {
  readonly books: Books;
  readonly staff: (staffId: string) => StaffRecord | undefined;
  readonly hasBranch: (branchId: string) => boolean;
  /** These operations are of a life that was fenced, or that another one has followed. */
  readonly lifeHasEnded: boolean;
  /** What the life that wrote them began from. */
  readonly forkedFrom: ForkedFrom | null;
  /** Where the station stands whose operations these are. */
  readonly ownBranch: string;
  /** The branch that head office gave this blank card to; undefined when nobody manages its numbers. */
  readonly branchOfCard: (cardNumber: string) => string | undefined;
  readonly ruleVersions: (ruleId: string) => readonly EarningRule[];
  readonly firstAward: (receiptNumber: string) => FirstAward | undefined;
  /** The branch has this member's rows, as far as head office knew before these operations. */
  readonly isInWorkingSet: (memberId: string) => boolean;
  /** A person answers for whoever wrote this, and for what they could not do. */
  readonly isVouchedFor: (opId: string) => boolean;
  /** An operation heard before, of this batch or an older one. */
  readonly earlier: (opId: string) => { readonly operation: Operation; readonly outcome: Outcome } | undefined;
};

export type Decision =
  | { readonly quarantine: QuarantineCode }
  /** There is nothing to do, and nobody waits for it. */
  | { readonly leave: FlagCode }
  | { readonly apply: true; readonly flag?: FlagCode };

/** The permission that the person at the counter needed. A release of rights and a wrong PIN need nobody. */
const permissionOf: Readonly<Record<string, Permission>> = {
  "member.create": "member.create",
  "member.patch": "member.change",
  "review.decide": "member.review",
  "card.issue": "card.issue",
  "card.block": "card.block",
  "card.undo_issue": "card.issue",
  "points.award": "points.award",
  "purchase.keep": "points.award",
  "points.void_award": "points.void",
  "points.redeem": "points.redeem",
  "points.void_redeem": "points.void",
  "points.hold": "points.redeem",
  "points.confirm": "points.redeem",
  "points.cancel": "points.redeem",
  "proposal.decide_here": "proposal.decide",
  "proposal.hand_over": "proposal.decide",
  "shift.close": "shift.close",
  "stock.move": "stock.manage",
  "stock.count": "stock.manage",
  "void.request": "points.void",
  "refund.request": "points.void",
  "request.decline": "points.void_others",
};

/** What was promised or handed over for points stays so, whoever let it happen. */
const goodsMayBeGone: ReadonlySet<string> = new Set([pointsRedeem.type, pointsHold.type, pointsConfirm.type]);

/**
 * Judges a station's operation by what the station could know. What the customer was given in good faith stays, and is flagged where
 * somebody shall look; what the station must have known to be forbidden has no effect, except a redemption: those goods are gone.
 *
 * The first doubt that counts is the one named, the gravest first.
 */
export function judge(operation: Operation, received: ReceivedOperation, facts: JudgeFacts): Decision {
  const forbidden = knownToBeForbidden(operation, facts);
  // What it held to decide was taken from it when it was fenced, and it could not know.
  if (forbidden === "NOT_THE_HOLDER" && facts.lifeHasEnded && isDecision(operation)) return { leave: "DECIDED_ELSEWHERE" };
  if (forbidden) return { quarantine: forbidden };
  const person = personDoubt(operation, facts);
  if (person === "NEVER_PERMITTED" && !goodsMayBeGone.has(operation.type) && !facts.isVouchedFor(operation.opId))
    return { quarantine: person };
  if (isBlockOfCardNotTheirs(operation, facts)) return { leave: "CARD_NOT_THEIRS" };
  const flag =
    person ??
    cardDoubt(operation, received, facts) ??
    nameDoubt(operation, facts) ??
    expiryDoubt(operation, received, facts) ??
    giftDoubt(operation, facts) ??
    scopeDoubt(operation, facts) ??
    awardDoubt(operation, received, facts) ??
    clockDoubt(operation);
  return { apply: true, ...(flag && { flag }) };
}

function knownToBeForbidden(operation: Operation, facts: JudgeFacts): QuarantineCode | undefined {
  const made = dataOf(operation, memberCreate);
  if (made) {
    if (facts.books.records.find("member", made.memberId)) return "MEMBER_EXISTS";
    if (!facts.hasBranch(made.homeBranch)) return "BRANCH_UNKNOWN";
    const hasNumber = facts.books.records.memberNumbered(made.memberNumber) !== undefined;
    return hasNumber ? "MEMBER_NUMBER_TAKEN" : undefined;
  }
  const moved = dataOf(operation, stockMoved) ?? dataOf(operation, stockCounted);
  if (moved) return moved.branchId === facts.ownBranch ? undefined : "NOT_THEIR_BRANCH";
  const isAboutRequest = requestTypes.has(operation.type);
  if (isAboutRequest) return isTheirRequest(operation, facts) ? undefined : "NOT_THE_HOLDER";
  const closed = dataOf(operation, shiftClose);
  if (closed) return closed.branchId === facts.ownBranch ? undefined : "NOT_THEIR_BRANCH";
  const wrongPin = dataOf(operation, staffPinWrong);
  if (wrongPin) return facts.staff(wrongPin.staffId) ? undefined : "NEVER_PERMITTED";
  // About nobody yet, which is the point of it.
  if (operation.type === purchaseKeep.type) return undefined;
  const memberId = memberIdOf(operation);
  // A share of a campaign's budget that is handed back is nobody's, and of a pool it is several people's.
  if (memberId !== null && operation.type === rightsRelease.type && isNobodys(memberId, facts))
    return answersNoRecall(operation, facts.books) ? "NOT_THE_HOLDER" : undefined;
  if (memberId === null || !facts.books.records.find("member", memberId)) return "MEMBER_UNKNOWN";
  if (isReviewNotTheirs(operation, facts)) return "NOT_THE_HOLDER";
  const undoingIssue = dataOf(operation, cardUndoIssue);
  if (undoingIssue && !isOwnIssue(operation, undoingIssue, facts)) return "NOT_VOIDABLE";
  const voidingAward = dataOf(operation, pointsVoidAward);
  if (voidingAward && !isOwnAwardInFull(operation, voidingAward, facts)) return "NOT_VOIDABLE";
  if (voidingAward?.answers !== undefined && !isAskedOf(operation, voidingAward.answers, facts)) return "NOT_THE_HOLDER";
  const voidingRedeem = dataOf(operation, pointsVoidRedeem);
  if (voidingRedeem && !isOwnRedemptionInFull(operation, voidingRedeem, facts)) return "NOT_VOIDABLE";
  if (voidingRedeem?.answers !== undefined && !isAskedOf(operation, voidingRedeem.answers, facts)) return "NOT_THE_HOLDER";
  if (isNotTheirHold(operation, facts.books)) return "NOT_HELD";
  if (answersNoRecall(operation, facts.books)) return "NOT_THE_HOLDER";
  const award = dataOf(operation, pointsAward);
  const rule = award && facts.ruleVersions(award.ruleId).find(({ version }) => version === award.ruleVersion);
  if (award && rule && rule.approval !== "none" && holderOf(award) !== rule.approval) return "APPROVAL_BYPASSED";
  if (award && rule && award.budget?.itemId !== rule.budget?.itemId) return "BUDGET_BYPASSED";
  return isNotTheirsToDecide(operation, facts) ? "NOT_THE_HOLDER" : undefined;
}

const isNobodys = (owner: string, { books }: JudgeFacts): boolean =>
  findPool({ books }, owner) !== undefined || books.lotsOf(owner).some(({ kind }) => kind === "benefit");

/** A decision about no review, by the one who made the edit, or that accepts something else than was proposed. */
function isReviewNotTheirs(operation: Operation, { books }: JudgeFacts): boolean {
  const decided = dataOf(operation, reviewDecide);
  if (!decided) return false;
  const record = books.records.find("review", decided.reviewId);
  const review = record && reviewRecord.parse(record.doc);
  if (review?.memberId !== decided.memberId || review.submittedBy === operation.body.by) return true;
  const { accepted } = (operation.personal ?? { accepted: {} }) as { readonly accepted: MemberFacts };
  const isCurrentRound = review.round === decided.round && review.state === "open";
  return isCurrentRound && decided.decision === "accept" && operation.personal !== undefined && !sameJson(accepted, review.proposed);
}

const requestTypes: ReadonlySet<string> = new Set([voidRequest.type, refundRequest.type, requestDecline.type]);

/** A new request carries its operation's own id; what it answers was asked of this very station. */
function isTheirRequest(operation: Operation, facts: JudgeFacts): boolean {
  const asked = dataOf(operation, voidRequest) ?? dataOf(operation, refundRequest);
  if (asked) return asked.requestId === operation.opId;
  const declined = dataOf(operation, requestDecline);
  return declined !== undefined && isAskedOf(operation, declined.requestId, facts);
}

function isAskedOf({ replica }: Operation, requestId: string, { books }: JudgeFacts): boolean {
  const record = books.records.find("request", requestId);
  const request = record && requestRecord.parse(record.doc);
  return request?.state === "sent" && request.origin === replica;
}

/** Who decides about an award: nobody, when it is a lot already. */
const holderOf = ({ outcome }: AwardData): EarningRule["approval"] => (outcome.kind === "lot" ? "none" : (outcome.holder ?? "headOffice"));

/** A decision, or its passing on, by one who does not hold it, on the author's own proposal, or with another lot than was proposed. */
function isNotTheirsToDecide(operation: Operation, { books, lifeHasEnded, forkedFrom }: JudgeFacts): boolean {
  const decision = dataOf(operation, proposalDecideHere);
  const about = decision ?? dataOf(operation, proposalHandOver);
  if (!about) return false;
  const record = books.records.find("proposal", about.proposalId);
  if (!record) return true;
  const proposal = proposalRecord.parse(record.doc);
  const isHeldHere = proposal.heldBy === operation.incarnation || (lifeHasEnded && proposal.heldBy === forkedFrom?.incarnation);
  if (proposal.state !== "open" || proposal.holder !== "station" || !isHeldHere) return true;
  if (!decision) return false;
  if (proposal.proposedBy === operation.body.by || proposal.memberId !== decision.memberId || proposal.points !== decision.points)
    return true;
  return decision.lot !== null && !sameJson(decision.lot, lotOfProposal(proposal));
}

const isDecision = ({ type }: Operation): boolean => type === proposalDecideHere.type || type === proposalHandOver.type;

/** The counter had bound this card in good faith, and head office had not: the number, or the member's place for a card, was taken. */
function isBlockOfCardNotTheirs(operation: Operation, { books }: JudgeFacts): boolean {
  const block = dataOf(operation, cardBlock) ?? dataOf(operation, cardUndoIssue);
  const card = block && books.card(block.cardNumber);
  return block !== undefined && (card === undefined || !books.isSamePerson(card.memberId, block.memberId));
}

/** An undoing takes back one operation of the same life, once, and exactly what that operation did. */
function ownEarlier(operation: Operation, undoes: string, facts: JudgeFacts): Operation | undefined {
  const earlier = facts.earlier(undoes);
  if (!earlier || !hadEffect(earlier.outcome)) return undefined;
  const { replica, incarnation, seq } = earlier.operation;
  const { lifeHasEnded, forkedFrom } = facts;
  // What was split off from a life was written as that life, and undid what was its own.
  const isBeforeTheSplit = lifeHasEnded && incarnation === forkedFrom?.incarnation && seq <= forkedFrom.seq;
  return replica === operation.replica && (incarnation === operation.incarnation || isBeforeTheSplit) ? earlier.operation : undefined;
}

/** An issue that had no effect because another counter was first leaves nothing to take back but the counter's own belief. */
function isOwnIssue(operation: Operation, d: UndoIssueData, facts: JudgeFacts): boolean {
  const undone = ownEarlier(operation, d.undoes, facts);
  const issue = undone && dataOf(undone, cardIssue);
  return issue !== undefined && issue.cardNumber === d.cardNumber && issue.memberId === d.memberId;
}

function isOwnAwardInFull(operation: Operation, d: VoidAwardData, facts: JudgeFacts): boolean {
  const undone = ownEarlier(operation, d.undoes, facts);
  const award = undone && dataOf(undone, pointsAward);
  if (award?.outcome.kind !== "lot" || award.memberId !== d.memberId || award.points !== d.points) return false;
  return award.budget?.itemId === d.budget?.itemId && sameJson(byLot(award.budget?.lines ?? []), byLot(d.budget?.lines ?? []));
}

function isOwnRedemptionInFull(operation: Operation, d: VoidRedeemData, facts: JudgeFacts): boolean {
  const undone = ownEarlier(operation, d.undoes, facts);
  const redeem = undone && redemptionOf(undone);
  if (redeem?.memberId !== d.memberId || !sameJson(byLot(redeem.lines), byLot(d.lines))) return false;
  const gift = undone && dataOf(undone, pointsRedeem)?.gift;
  return gift?.giftId === d.gift?.giftId && gift?.pieces === d.gift?.pieces && gift?.branchId === d.gift?.branchId;
}

function byLot(lines: readonly { readonly lotId: string; readonly points: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { lotId, points } of lines) sums[lotId] = (sums[lotId] ?? 0) + points;
  return sums;
}

type PersonDoubt = "NEVER_PERMITTED" | "ROLE_CHANGED" | "STAFF_INACTIVE";

/** Whether the person could do this, by the role they have, or by one they had: the station may not have heard of the change. */
function personDoubt(operation: Operation, facts: JudgeFacts): PersonDoubt | undefined {
  const doubt = doubtOfRoles(operation, facts, (person) => [person.role]);
  if (doubt !== "NEVER_PERMITTED") return doubt;
  const before = doubtOfRoles(operation, facts, (person) => [person.role, ...(person.formerRoles ?? [])]);
  return before === "NEVER_PERMITTED" ? before : "ROLE_CHANGED";
}

function doubtOfRoles(
  operation: Operation,
  facts: JudgeFacts,
  rolesOf: (person: StaffRecord) => readonly Role[],
): Exclude<PersonDoubt, "ROLE_CHANGED"> | undefined {
  const { by, second } = operation.body;
  const permission = permissionOf[operation.type];
  if (!permission) return undefined;
  const person = facts.staff(by);
  if (!person) return "NEVER_PERMITTED";
  const supervisor = second === undefined || second === by ? undefined : facts.staff(second);
  const could = (someone: StaffRecord, needed: Permission): boolean =>
    rolesOf(someone).some((role) => may({ ...someone, role } satisfies Operator, needed));
  const mayWithHelp = (needed: Permission): boolean =>
    could(person, needed) ||
    (lendablePermissions.some((lendable) => lendable === needed) && supervisor !== undefined && could(supervisor, needed));
  if (!mayWithHelp(permission)) return "NEVER_PERMITTED";
  if (isByWordOfMouth(operation) && !mayWithHelp("hold.settle")) return "NEVER_PERMITTED";
  if (undoesSomebodyElses(operation, facts) && !mayWithHelp("points.void_others")) return "NEVER_PERMITTED";
  // Switched off meanwhile: the station may not have heard of it.
  return person.isActive && supervisor?.isActive !== false ? undefined : "STAFF_INACTIVE";
}

function undoesSomebodyElses(operation: Operation, facts: JudgeFacts): boolean {
  const undoes = (dataOf(operation, pointsVoidAward) ?? dataOf(operation, pointsVoidRedeem))?.undoes;
  const undone = undoes === undefined ? undefined : ownEarlier(operation, undoes, facts);
  return undone !== undefined && undone.body.by !== operation.body.by;
}

/** A card that another branch should have, or a movement that came after all cards that the counter knew of had been blocked elsewhere. */
function cardDoubt(operation: Operation, { effHlc }: ReceivedOperation, facts: JudgeFacts): FlagCode | undefined {
  const issued = dataOf(operation, cardIssue);
  const owner = issued && facts.branchOfCard(issued.cardNumber);
  if (owner !== undefined && owner !== facts.ownBranch) return "CARD_OF_OTHER_BRANCH";
  const movement = dataOf(operation, pointsAward) ?? dataOf(operation, pointsRedeem) ?? dataOf(operation, pointsHold);
  if (!movement) return undefined;
  // A second main card is void from its first day, and nobody had reported it: its counter serves it in good faith.
  const cards = facts.books.cardsOf(movement.memberId).filter(({ blockedReason }) => blockedReason !== replacedElsewhere);
  const { goodCards } = movement;
  // The card that took the place of the ended ones is none that this counter could have seen.
  const known = goodCards ? cards.filter(({ cardNumber }) => goodCards.includes(cardNumber)) : cards;
  const areAllBlocked = known.length > 0 && known.every(({ blockedHlc }) => blockedHlc !== null && blockedHlc < effHlc);
  return areAllBlocked ? "AFTER_BLOCK" : undefined;
}

/** What this station had not heard: that the member is another one now, or that two were taken for one. */
function nameDoubt(operation: Operation, { books }: JudgeFacts): FlagCode | undefined {
  const edited = dataOf(operation, memberPatch);
  if (edited && books.namesOf(edited.memberId)[0] !== edited.memberId) return "MEMBER_MERGED";
  const spent = dataOf(operation, pointsRedeem);
  const isOthers = spent?.lines.some(({ lotId }) => {
    const owner = books.lot(lotId)?.memberId ?? spent.memberId;
    return !books.isSamePerson(owner, spent.memberId) && !knowsPool(books, spent.memberId, owner);
  });
  return isOthers ? "AFTER_SPLIT" : undefined;
}

/**
 * The customer has the goods, and the points paid for them; somebody looks at the clock of that computer. That points had lapsed for want of
 * visits no counter can know by itself, so the last day that the lot was made with counts.
 */
function expiryDoubt(operation: Operation, { eventDate }: ReceivedOperation, { books }: JudgeFacts): FlagCode | undefined {
  const spent = dataOf(operation, pointsRedeem) ?? dataOf(operation, pointsHold);
  if (!spent) return undefined;
  return spent.lines.some(({ lotId }) => hasLapsed(books.lot(lotId) ?? { expiresOn: null }, eventDate)) ? "AFTER_EXPIRY" : undefined;
}

/** The counter had not heard that the member is not of its working set any more; what it was told by the member counts. */
function scopeDoubt(operation: Operation, facts: JudgeFacts): FlagCode | undefined {
  const patch = dataOf(operation, memberPatch);
  return patch && !facts.isInWorkingSet(patch.memberId) ? "LEFT_WORKING_SET" : undefined;
}

/** What was handed out is gone, wherever it lay and whoever agreed; somebody asks. */
function giftDoubt(operation: Operation, facts: JudgeFacts): FlagCode | undefined {
  const given = dataOf(operation, pointsRedeem)?.gift;
  if (!given) return undefined;
  if (given.branchId !== facts.ownBranch) return "NOT_THEIR_BRANCH";
  const { by, second } = operation.body;
  const lender = second === undefined || second === by ? undefined : facts.staff(second);
  return given.isShort && !(lender && may(lender satisfies Operator, "gift.hand_out_short")) ? "SECOND_PERSON_DOUBT" : undefined;
}

function awardDoubt(operation: Operation, { eventDate }: ReceivedOperation, facts: JudgeFacts): FlagCode | undefined {
  const d = dataOf(operation, pointsAward);
  if (!d) return undefined;
  const versions = facts.ruleVersions(d.ruleId);
  const used = versions.find(({ version }) => version === d.ruleVersion);
  if (!used) return "RULE_UNKNOWN";
  if (d.tier && !isPublished(facts.books, d.tier)) return "POINTS_DIFFER";
  const earned = d.points + (d.budget?.cut ?? 0) + (d.cap?.cut ?? 0);
  if (pointsFor(used, d.purchase.amountFen, d.tier?.percent) !== earned) return "POINTS_DIFFER";
  const first = facts.firstAward(d.purchase.receiptNumber);
  if (first && first.replica !== operation.replica) return "RECEIPT_ELSEWHERE";
  if (isBeyondCap(operation, d, used, facts)) return "CAP_EXCEEDED";
  const newer = underNewerRule(versions, {
    ruleVersion: used.version,
    amountFen: d.purchase.amountFen,
    date: eventDate,
    percent: d.tier?.percent,
    percentKnown: factorKnown(facts.books, d.memberId, eventDate)?.percent,
  });
  if (newer && newer.points < d.points) return newer.rule.version > used.version ? "RULE_GIVES_LESS" : "TIER_GIVES_LESS";
  return d.earnedOn === eventDate ? undefined : "DATE_DIFFERS";
}

/** Each counter counts what it knows; together they may have given the member more than the day's cap. What was given stays. */
function isBeyondCap({ replica }: Operation, d: AwardData, { capPerDay }: EarningRule, { books }: JudgeFacts): boolean {
  if (capPerDay === undefined) return false;
  const uses = books.namesOf(d.memberId).flatMap((name) => books.records.find("capUse", name) ?? []);
  const { here, elsewhere } = usedOn(
    uses.map(({ doc }) => doc),
    d.ruleId,
    d.earnedOn,
    replica,
  );
  return here + elsewhere + d.points > capPerDay;
}

const clockDoubt = ({ body }: Operation): FlagCode | undefined => (body.clk.doubt ? "CLOCK_DOUBT" : undefined);
