import {
  changeAccountAct,
  clearPinAct,
  createAccountAct,
  listAccountsAct,
  resetPasswordAct,
  unlockAccountAct,
} from "#shared/contracts/acts/accounts.ts";
import { listAuditAct } from "#shared/contracts/acts/audit.ts";
import { closeMissingAct, goOnAct, recoveryStateAct } from "#shared/contracts/acts/recovery.ts";
import { askErasureAct, eraseAct, listErasuresAct, previewErasureAct, withdrawErasureAct } from "#shared/contracts/acts/erasures.ts";
import { restorePointsAct } from "#shared/contracts/acts/expired-points.ts";
import { closePeriodAct, listPeriodsAct } from "#shared/contracts/acts/periods.ts";
import {
  countRefundAct,
  givePurchaseAct,
  listQueueAct,
  noteEntryAct,
  putPurchaseAwayAct,
  refuseEntryAct,
  releaseEntryAct,
} from "#shared/contracts/acts/queue.ts";
import { comparePeopleAct, listPeopleAct, mergePeopleAct, previewSplitAct, splitPeopleAct } from "#shared/contracts/acts/people.ts";
import { createEnrolmentCodeAct, fenceStationAct, giveBackAct, listStationsAct } from "#shared/contracts/acts/stations.ts";
import { listTiersAct, publishTiersAct } from "#shared/contracts/acts/tiers.ts";
import { listPublicationsAct, publishPlanAct, publishRuleAct } from "#shared/contracts/acts/publications.ts";
import { joinPoolAct, leavePoolAct, listPoolsAct, makePoolAct } from "#shared/contracts/acts/pools.ts";
import { setDictionaryAct } from "#shared/contracts/acts/dictionaries.ts";
import { makeListEntries } from "./dictionaries/list-entries.ts";
import { assignCardRangeAct, setGiftAct } from "#shared/contracts/acts/stock.ts";
import { makeActAtHeadOffice } from "./acts/act-at-head-office.ts";
import { makeBlockCard } from "./cards/block-card.ts";
import { makeIdentify } from "./cards/identify.ts";
import { makeListWaiting } from "./cards/list-waiting.ts";
import { makeUndoIssue } from "./cards/undo-issue.ts";
import { makeIssueCard } from "./cards/issue-card.ts";
import { makeListDevices } from "./devices/list-devices.ts";
import { makeAddDevice, makeChangeDevice, makeRemoveDevice } from "./devices/set-up-device.ts";
import { makeCheckCard } from "./encoding/check-card.ts";
import { makeEncodingState } from "./encoding/encoding-state.ts";
import { makeWriteCard } from "./encoding/write-card.ts";
import { makeTestDevice } from "./devices/test-device.ts";
import { makeTraceDevice } from "./devices/trace-device.ts";
import { makeChangeMember } from "./members/change-member.ts";
import { makeCreateMember } from "./members/create-member.ts";
import { makeFindAtHeadOffice } from "./members/find-at-head-office.ts";
import { makeFindSimilar } from "./members/find-similar.ts";
import { makeSendEditAgain } from "./members/send-edit-again.ts";
import { makeFindMembers, makeGetMember } from "./members/find-members.ts";
import { makeListEdits } from "./members/list-edits.ts";
import { makeDecideReview, makeListReviews } from "./members/reviews.ts";
import { makeAward } from "./points/award.ts";
import { makeKeepPurchase, makeListKeptPurchases } from "./points/keep-purchase.ts";
import { makeBalance, makeBalances } from "./points/balances.ts";
import { makeDraw } from "./points/draw.ts";
import { makeExplain } from "./points/explain.ts";
import { makeJournal } from "./points/journal.ts";
import { makeDecideProposal, makeHandOverProposal, makeListProposals } from "./points/proposals.ts";
import { makeLastSlip } from "./points/last-slip.ts";
import { makeListRules } from "./points/rules.ts";
import { makeVoid } from "./points/void-movement.ts";
import { makeExchangeEntries, makeExchangeOverview } from "./exchange/overview.ts";
import type { Ports } from "./ports/ports.ts";
import { makePracticeCards, makePracticeDraw, makePracticeSwipe, type PracticeReader } from "./practice/practice.ts";
import { makeAcceptRequest, makeDeclineRequest } from "./requests/answer.ts";
import { makeAskRefund, makeAskVoid } from "./requests/ask.ts";
import { makeListRequests } from "./requests/list-requests.ts";
import { makeCancelHold, makeConfirmHold } from "./redemption/end-hold.ts";
import { makeHold } from "./redemption/hold.ts";
import { makeListHolds } from "./redemption/list-holds.ts";
import { makeListPlans, makeRedeem } from "./redemption/redeem.ts";
import { makeSetIdleLock } from "./settings/set-idle-lock.ts";
import { makeCloseShift } from "./shift/close-shift.ts";
import { makeExplainTier } from "./tiers/explain-tier.ts";
import { makeCurrentShift, makeShiftLines } from "./shift/current-shift.ts";
import { makeAuthorise, makeWithLoan } from "./session/authorise.ts";
import { makeChangePassword } from "./session/change-password.ts";
import { makeSetPin } from "./session/set-pin.ts";
import { makeSetStaffCard } from "./session/set-staff-card.ts";
import { makeSessionOperator, makeSignIn } from "./session/sign-in.ts";
import { makeSignInByCard } from "./session/sign-in-by-card.ts";

import { makeCountStock } from "./stock/count-stock.ts";
import { makeListGifts } from "./stock/list-gifts.ts";
import { makeListOtherBranches, makeListStockMoves } from "./stock/list-moves.ts";
import { makeListRanges } from "./stock/list-ranges.ts";
import { makeListStock } from "./stock/list-stock.ts";
import { makeCardsBetween, makeDiscardCards, makeReceiveCards } from "./stock/move-cards.ts";
import { makeReceiveGifts, makeSendGifts, makeTakeInParcel, makeTakeOutGifts } from "./stock/move-gifts.ts";
import { makeTodaysGifts } from "./stock/todays-gifts.ts";

/** All that people do at an open station, one use case a line. */
export const makeCounter = (ports: Ports, practiceReader: PracticeReader | undefined) => ({
  signIn: makeSignIn(ports),
  signInByCard: makeSignInByCard(ports),
  setPin: makeSetPin(ports),
  changePassword: makeChangePassword(ports),
  authorise: makeAuthorise(ports),
  withLoan: makeWithLoan(ports, makeSessionOperator(ports)),
  sessionOperator: makeSessionOperator(ports),
  findMembers: makeFindMembers(ports),
  findMembersAtHeadOffice: makeFindAtHeadOffice(ports),
  findSimilar: makeFindSimilar(ports),
  getMember: makeGetMember(ports),
  createMember: makeCreateMember(ports),
  changeMember: makeChangeMember(ports),
  listEdits: makeListEdits(ports),
  sendEditAgain: makeSendEditAgain(ports),
  listReviews: makeListReviews(ports),
  decideReview: makeDecideReview(ports),
  identifyCard: makeIdentify(ports),
  issueCard: makeIssueCard(ports),
  undoIssue: makeUndoIssue(ports),
  listWaiting: makeListWaiting(ports),
  blockCard: makeBlockCard(ports),
  listRules: makeListRules(ports),
  award: makeAward(ports),
  keepPurchase: makeKeepPurchase(ports),
  keptPurchases: makeListKeptPurchases(ports),
  voidMovement: makeVoid(ports),
  balance: makeBalance(ports),
  balances: makeBalances(ports),
  explain: makeExplain(ports),
  journal: makeJournal(ports),
  lastSlip: makeLastSlip(ports),
  listProposals: makeListProposals(ports),
  decideProposal: makeDecideProposal(ports),
  handOverProposal: makeHandOverProposal(ports),
  listPools: makeActAtHeadOffice(ports, listPoolsAct),
  makePool: makeActAtHeadOffice(ports, makePoolAct),
  joinPool: makeActAtHeadOffice(ports, joinPoolAct),
  leavePool: makeActAtHeadOffice(ports, leavePoolAct),
  restorePoints: makeActAtHeadOffice(ports, restorePointsAct),
  listAccounts: makeActAtHeadOffice(ports, listAccountsAct),
  createAccount: makeActAtHeadOffice(ports, createAccountAct),
  changeAccount: makeActAtHeadOffice(ports, changeAccountAct),
  resetPassword: makeActAtHeadOffice(ports, resetPasswordAct),
  unlockAccount: makeActAtHeadOffice(ports, unlockAccountAct),
  setStaffCard: makeSetStaffCard(ports),
  clearPin: makeActAtHeadOffice(ports, clearPinAct),
  listPublications: makeActAtHeadOffice(ports, listPublicationsAct),
  publishRule: makeActAtHeadOffice(ports, publishRuleAct),
  publishPlan: makeActAtHeadOffice(ports, publishPlanAct),
  listTiers: makeActAtHeadOffice(ports, listTiersAct),
  publishTiers: makeActAtHeadOffice(ports, publishTiersAct),
  explainTier: makeExplainTier(ports),
  listEntries: makeListEntries(ports),
  setDictionary: makeActAtHeadOffice(ports, setDictionaryAct),
  listAudit: makeActAtHeadOffice(ports, listAuditAct),
  listPeriods: makeActAtHeadOffice(ports, listPeriodsAct),
  listQueue: makeActAtHeadOffice(ports, listQueueAct),
  releaseEntry: makeActAtHeadOffice(ports, releaseEntryAct),
  refuseEntry: makeActAtHeadOffice(ports, refuseEntryAct),
  noteEntry: makeActAtHeadOffice(ports, noteEntryAct),
  countRefund: makeActAtHeadOffice(ports, countRefundAct),
  givePurchase: makeActAtHeadOffice(ports, givePurchaseAct),
  putPurchaseAway: makeActAtHeadOffice(ports, putPurchaseAwayAct),
  closePeriod: makeActAtHeadOffice(ports, closePeriodAct),
  recoveryState: makeActAtHeadOffice(ports, recoveryStateAct),
  goOnAfterRecovery: makeActAtHeadOffice(ports, goOnAct),
  closeMissing: makeActAtHeadOffice(ports, closeMissingAct),
  listErasures: makeActAtHeadOffice(ports, listErasuresAct),
  previewErasure: makeActAtHeadOffice(ports, previewErasureAct),
  askErasure: makeActAtHeadOffice(ports, askErasureAct),
  withdrawErasure: makeActAtHeadOffice(ports, withdrawErasureAct),
  erase: makeActAtHeadOffice(ports, eraseAct),
  listStations: makeActAtHeadOffice(ports, listStationsAct),
  createEnrolmentCode: makeActAtHeadOffice(ports, createEnrolmentCodeAct),
  fenceStation: makeActAtHeadOffice(ports, fenceStationAct),
  giveBackOfStation: makeActAtHeadOffice(ports, giveBackAct),
  listPeople: makeActAtHeadOffice(ports, listPeopleAct),
  comparePeople: makeActAtHeadOffice(ports, comparePeopleAct),
  mergePeople: makeActAtHeadOffice(ports, mergePeopleAct),
  previewSplit: makeActAtHeadOffice(ports, previewSplitAct),
  splitPeople: makeActAtHeadOffice(ports, splitPeopleAct),
  listRequests: makeListRequests(ports),
  askRefund: makeAskRefund(ports),
  askVoid: makeAskVoid(ports),
  acceptRequest: makeAcceptRequest(ports),
  declineRequest: makeDeclineRequest(ports),
  draw: makeDraw(ports),
  listPlans: makeListPlans(ports),
  redeem: makeRedeem(ports),
  hold: makeHold(ports),
  confirmHold: makeConfirmHold(ports),
  cancelHold: makeCancelHold(ports),
  listHolds: makeListHolds(ports),
  exchangeOverview: makeExchangeOverview(ports),
  exchangeEntries: makeExchangeEntries(ports),
  assignCards: makeActAtHeadOffice(ports, assignCardRangeAct),
  setGift: makeActAtHeadOffice(ports, setGiftAct),
  listStock: makeListStock(ports),
  listStockMoves: makeListStockMoves(ports),
  listRanges: makeListRanges(ports),
  listGifts: makeListGifts(ports),
  listOtherBranches: makeListOtherBranches(ports),
  todaysGifts: makeTodaysGifts(ports),
  receiveGifts: makeReceiveGifts(ports),
  takeOutGifts: makeTakeOutGifts(ports),
  sendGifts: makeSendGifts(ports),
  takeInParcel: makeTakeInParcel(ports),
  countStock: makeCountStock(ports),
  cardsBetween: makeCardsBetween(ports),
  receiveCards: makeReceiveCards(ports),
  discardCards: makeDiscardCards(ports),
  listDevices: makeListDevices(ports),
  addDevice: makeAddDevice(ports),
  changeDevice: makeChangeDevice(ports),
  removeDevice: makeRemoveDevice(ports),
  testDevice: makeTestDevice(ports),
  traceDevice: makeTraceDevice(ports),
  currentShift: makeCurrentShift(ports),
  shiftLines: makeShiftLines(ports),
  closeShift: makeCloseShift(ports),
  setIdleLock: makeSetIdleLock(ports),
  encodingState: makeEncodingState(ports),
  writeCard: makeWriteCard(ports),
  checkCard: makeCheckCard(ports),
  practiceDraw: makePracticeDraw(ports, practiceReader),
  practiceCards: makePracticeCards(ports),
  practiceSwipe: makePracticeSwipe(ports, practiceReader),
});
export type Counter = ReturnType<typeof makeCounter>;
