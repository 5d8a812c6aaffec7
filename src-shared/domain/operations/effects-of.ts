import { err, ok, type Result } from "#shared/std/result.ts";
import { benefitIssue } from "#shared/domain/benefits/ops.ts";
import { branchAdd } from "#shared/domain/branches/ops.ts";
import { cardBlock, cardIssue, cardKindSet, cardRangeAssign, cardUndoIssue } from "#shared/domain/cards/ops.ts";
import {
  pointsAward,
  pointsProposeDifference,
  pointsRepay,
  pointsReverseRest,
  pointsVoidAward,
  rulePublish,
} from "#shared/domain/earning/ops.ts";
import {
  purchaseAskBranch,
  purchaseAward,
  purchaseClose,
  purchaseGive,
  purchaseKeep,
  purchasePutAway,
} from "#shared/domain/earning/kept-purchase-ops.ts";
import { proposalDecide, proposalDecideHere, proposalHandOver, proposalTakeOver } from "#shared/domain/earning/proposal-ops.ts";
import {
  pointsExchange,
  pointsExpire,
  pointsInactive,
  pointsRestore,
  pointsRevive,
  pointsWithdrawExchange,
} from "#shared/domain/expiry/ops.ts";
import { rightsCover, rightsFence, rightsGiveBack, rightsUncover, stationFence, stationGiveBack } from "#shared/domain/ledger/fence-ops.ts";
import { rightsGrant, rightsRecall, rightsRelease } from "#shared/domain/ledger/ops.ts";
import { memberMerge, memberSplit } from "#shared/domain/members/merge-ops.ts";
import { memberAskErasure, memberErase, memberWithdrawErasure } from "#shared/domain/members/erasure-ops.ts";
import { memberCreate, memberPatch } from "#shared/domain/members/ops.ts";
import { reviewDecide } from "#shared/domain/members/review-ops.ts";
import { poolContribute, poolHandOut, poolJoin, poolLeave, poolMake, poolReverse } from "#shared/domain/pools/ops.ts";
import { periodClose } from "#shared/domain/periods/ops.ts";
import { pointsCancel, pointsConfirm, pointsHold } from "#shared/domain/redemption/hold-ops.ts";
import { planPublish, pointsRedeem, pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";
import { pointsRefund, refundRequest, requestDecline, requestRefuse, requestRoute, voidRequest } from "#shared/domain/requests/ops.ts";
import { pointsUndoAward, pointsUndoRedeem } from "#shared/domain/requests/undo-ops.ts";
import { dictionarySet } from "#shared/domain/dictionaries/ops.ts";
import { shiftClose } from "#shared/domain/shift/ops.ts";
import { staffCardSet, staffPatch, staffPinBlocked, staffPinSet, staffPinWrong, staffSet } from "#shared/domain/staff/ops.ts";
import { stationRecoverKey } from "#shared/domain/stations/ops.ts";
import { booksPutBack, booksWhole, rowClosed, rowMissed } from "#shared/domain/stations/put-back-ops.ts";
import { giftSet, stockCounted, stockMoved } from "#shared/domain/stock/ops.ts";
import { tierEvaluate, tierPublish } from "#shared/domain/tiers/ops.ts";
import { entryFlag, entryNote, entryRefuse, entryRelease } from "#shared/domain/verdicts/ops.ts";
import type { BadOperation, OperationMeaning, OperationType } from "./declare.ts";
import type { Operation } from "./operation.ts";

/** Every type of operation there is. A type missing here does not exist for either database. */
export const operationTypes: readonly OperationType[] = [
  memberCreate,
  memberPatch,
  memberMerge,
  memberSplit,
  reviewDecide,
  memberAskErasure,
  memberWithdrawErasure,
  memberErase,
  poolMake,
  poolJoin,
  poolLeave,
  poolContribute,
  poolHandOut,
  poolReverse,
  cardIssue,
  cardBlock,
  cardUndoIssue,
  pointsAward,
  pointsVoidAward,
  pointsReverseRest,
  pointsRepay,
  pointsProposeDifference,
  proposalDecide,
  proposalDecideHere,
  proposalHandOver,
  proposalTakeOver,
  pointsRedeem,
  pointsVoidRedeem,
  pointsHold,
  pointsConfirm,
  pointsCancel,
  voidRequest,
  refundRequest,
  requestDecline,
  requestRoute,
  requestRefuse,
  pointsRefund,
  pointsUndoRedeem,
  pointsUndoAward,
  benefitIssue,
  rightsGrant,
  rightsRecall,
  rightsRelease,
  stationFence,
  stationGiveBack,
  rightsFence,
  rightsGiveBack,
  rightsCover,
  rightsUncover,
  pointsExpire,
  pointsInactive,
  pointsRevive,
  pointsRestore,
  pointsExchange,
  pointsWithdrawExchange,
  periodClose,
  rulePublish,
  planPublish,
  tierPublish,
  tierEvaluate,
  branchAdd,
  cardKindSet,
  cardRangeAssign,
  giftSet,
  stockMoved,
  stockCounted,
  staffSet,
  staffPatch,
  staffCardSet,
  staffPinSet,
  staffPinWrong,
  staffPinBlocked,
  dictionarySet,
  stationRecoverKey,
  booksPutBack,
  booksWhole,
  rowMissed,
  rowClosed,
  shiftClose,
  purchaseKeep,
  purchaseAward,
  purchaseClose,
  purchaseGive,
  purchasePutAway,
  purchaseAskBranch,
  entryRelease,
  entryFlag,
  entryRefuse,
  entryNote,
];

const byType = new Map(operationTypes.map((type) => [`${type.type}@${type.version}`, type]));

/** The declaration of an operation's type and version; undefined for one that this program does not know. */
export const operationTypeOf = (op: { readonly type: string; readonly version: number }) => byType.get(`${op.type}@${op.version}`);

/** The member whose ledger, cards or profile an operation touches; null for one about none, or whose bytes cannot be believed. */
export function memberIdOf(op: Operation): string | null {
  const meaning = effectsOf(op);
  return meaning.ok ? meaning.value.memberId : null;
}

/** Whose lots an operation moves, its own member among them: of a campaign's budget it is the item. Nobody where its bytes cannot be believed. */
export function ownersOf(op: Operation): readonly string[] {
  const meaning = effectsOf(op);
  if (!meaning.ok) return [];
  const { memberId, effects } = meaning.value;
  const owners = effects.flatMap((effect) => (effect.kind === "move" ? effect.memberId : []));
  return [...new Set([...(memberId === null ? [] : [memberId]), ...owners])];
}

/**
 * The one place where an operation becomes ledger entries and row changes. Pure, and the same at the station and at head office:
 * the decision inside the operation is final and is not taken a second time.
 *
 * @returns what the operation is about and does, moves of zero points left out, or why its bytes cannot be believed
 */
export function effectsOf(op: Operation): Result<OperationMeaning, BadOperation> {
  const known = meanings.get(op);
  if (known) return known;
  const meaning = meaningOf(op);
  meanings.set(op, meaning);
  return meaning;
}

/** Of operations that are at hand: one that is judged is asked for its meaning by several of those who judge it. */
const meanings = new WeakMap<Operation, Result<OperationMeaning, BadOperation>>();

function meaningOf(op: Operation): Result<OperationMeaning, BadOperation> {
  const type = operationTypeOf(op);
  if (!type) return err({ code: "UNKNOWN_TYPE", field: "type" });
  const read = type.read(op);
  if (!read.ok) return read;
  const { effects, ...about } = read.value;
  return ok({
    ...about,
    effects: effects.filter((effect) => !((effect.kind === "move" || effect.kind === "debt") && effect.points === 0)),
  });
}
