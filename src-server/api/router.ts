import {
  changeAccountAct,
  createAccountAct,
  listAccountsAct,
  resetPasswordAct,
  unlockAccountAct,
  setStaffCardAct,
  clearPinAct,
} from "#shared/contracts/acts/accounts.ts";
import { setDictionaryAct } from "#shared/contracts/acts/dictionaries.ts";
import { askErasureAct, eraseAct, listErasuresAct, previewErasureAct, withdrawErasureAct } from "#shared/contracts/acts/erasures.ts";
import { restorePointsAct } from "#shared/contracts/acts/expired-points.ts";
import { closePeriodAct, listPeriodsAct } from "#shared/contracts/acts/periods.ts";
import { listAuditAct } from "#shared/contracts/acts/audit.ts";
import { listTiersAct, publishTiersAct } from "#shared/contracts/acts/tiers.ts";
import { listPublicationsAct, publishPlanAct, publishRuleAct } from "#shared/contracts/acts/publications.ts";
import { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import {
  countRefundAct,
  givePurchaseAct,
  listQueueAct,
  noteEntryAct,
  putPurchaseAwayAct,
  refuseEntryAct,
  releaseEntryAct,
} from "#shared/contracts/acts/queue.ts";
import { assignCardRangeAct, setGiftAct } from "#shared/contracts/acts/stock.ts";
import { joinPoolAct, leavePoolAct, listPoolsAct, makePoolAct } from "#shared/contracts/acts/pools.ts";
import { comparePeopleAct, listPeopleAct, mergePeopleAct, previewSplitAct, splitPeopleAct } from "#shared/contracts/acts/people.ts";
import { beginRecoveryAct, closeMissingAct, goOnAct, recoveryStateAct } from "#shared/contracts/acts/recovery.ts";
import { createEnrolmentCodeAct, fenceStationAct, giveBackAct, listStationsAct } from "#shared/contracts/acts/stations.ts";
import { replyOf, valueOf } from "./answer.ts";
import { guarded } from "./guarded.ts";

/** One handler a line: what is asked, of which use case, in whose name. */
export const router = guarded.router({
  branches: {
    add: guarded.branches.add.handler(async ({ context: { admin, operator }, input, errors }) =>
      valueOf(await admin.addBranch(operator.staffId, input), errors),
    ),
  },
  enrolment: {
    createCode: guarded.enrolment.createCode.handler(async ({ context: { admin, operator }, input, errors }) =>
      valueOf(await admin.createEnrolmentCode(operator.staffId, input.branch), errors),
    ),
  },
  staff: {
    set: guarded.staff.set.handler(async ({ context: { admin, operator }, input, errors }) =>
      valueOf(await admin.setStaff(operator.staffId, input), errors),
    ),
  },
  accounts: {
    list: guarded.accounts.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listAccountsAct, input), errors),
    ),
    create: guarded.accounts.create.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, createAccountAct, input), errors),
    ),
    change: guarded.accounts.change.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, changeAccountAct, input), errors),
    ),
    resetPassword: guarded.accounts.resetPassword.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, resetPasswordAct, input), errors),
    ),
    unlock: guarded.accounts.unlock.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, unlockAccountAct, input), errors),
    ),
    setCard: guarded.accounts.setCard.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, setStaffCardAct, input), errors),
    ),
    clearPin: guarded.accounts.clearPin.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, clearPinAct, input), errors),
    ),
  },
  publications: {
    list: guarded.publications.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listPublicationsAct, input), errors),
    ),
    publishRule: guarded.publications.publishRule.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, publishRuleAct, input), errors),
    ),
    publishPlan: guarded.publications.publishPlan.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, publishPlanAct, input), errors),
    ),
  },
  tiers: {
    list: guarded.tiers.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listTiersAct, input), errors),
    ),
    publish: guarded.tiers.publish.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, publishTiersAct, input), errors),
    ),
  },
  periods: {
    list: guarded.periods.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listPeriodsAct, input), errors),
    ),
    close: guarded.periods.close.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, closePeriodAct, input), errors),
    ),
  },
  recovery: {
    state: guarded.recovery.state.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, recoveryStateAct, input), errors),
    ),
    begin: guarded.recovery.begin.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, beginRecoveryAct, input), errors),
    ),
    goOn: guarded.recovery.goOn.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, goOnAct, input), errors),
    ),
    close: guarded.recovery.close.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, closeMissingAct, input), errors),
    ),
  },
  erasures: {
    list: guarded.erasures.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listErasuresAct, input), errors),
    ),
    preview: guarded.erasures.preview.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, previewErasureAct, input), errors),
    ),
    ask: guarded.erasures.ask.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, askErasureAct, input), errors),
    ),
    withdraw: guarded.erasures.withdraw.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, withdrawErasureAct, input), errors),
    ),
    confirm: guarded.erasures.confirm.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, eraseAct, input), errors),
    ),
  },
  dictionaries: {
    set: guarded.dictionaries.set.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, setDictionaryAct, input), errors),
    ),
  },
  audit: {
    list: guarded.audit.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listAuditAct, input), errors),
    ),
  },
  rules: {
    publish: guarded.rules.publish.handler(async ({ context: { admin, operator }, input, errors }) =>
      valueOf(await admin.publishRule(operator.staffId, input), errors),
    ),
  },
  plans: {
    publish: guarded.plans.publish.handler(async ({ context: { admin, operator }, input, errors }) =>
      valueOf(await admin.publishPlan(operator.staffId, input), errors),
    ),
  },
  cardKinds: {
    set: guarded.cardKinds.set.handler(async ({ context: { admin, operator }, input }) => {
      await admin.setCardKind(operator.staffId, input);
      return {};
    }),
  },
  cards: {
    assignRange: guarded.cards.assignRange.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, assignCardRangeAct, input), errors),
    ),
  },
  gifts: {
    set: guarded.gifts.set.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, setGiftAct, input), errors),
    ),
  },
  stock: { list: guarded.stock.list.handler(async ({ context: { admin } }) => [...(await admin.stock())]) },
  points: {
    balances: guarded.points.balances.handler(({ context: { admin }, input }) => admin.balances(input.memberNumbers)),
    restore: guarded.points.restore.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, restorePointsAct, input), errors),
    ),
  },
  proposals: {
    list: guarded.proposals.list.handler(async ({ context: { admin, operator } }) => [...(await admin.proposals(operator))]),
    decide: guarded.proposals.decide.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, decideProposalAct, input), errors),
    ),
  },
  pools: {
    list: guarded.pools.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listPoolsAct, input), errors),
    ),
    make: guarded.pools.make.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, makePoolAct, input), errors),
    ),
    join: guarded.pools.join.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, joinPoolAct, input), errors),
    ),
    leave: guarded.pools.leave.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, leavePoolAct, input), errors),
    ),
  },
  people: {
    list: guarded.people.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listPeopleAct, input), errors),
    ),
    compare: guarded.people.compare.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, comparePeopleAct, input), errors),
    ),
    merge: guarded.people.merge.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, mergePeopleAct, input), errors),
    ),
    previewSplit: guarded.people.previewSplit.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, previewSplitAct, input), errors),
    ),
    split: guarded.people.split.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, splitPeopleAct, input), errors),
    ),
  },
  stations: {
    list: guarded.stations.list.handler(async ({ context: { admin } }) => [...(await admin.stations())]),
    overview: guarded.stations.overview.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listStationsAct, input), errors),
    ),
    createCode: guarded.stations.createCode.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, createEnrolmentCodeAct, input), errors),
    ),
    fence: guarded.stations.fence.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, fenceStationAct, input), errors),
    ),
    giveBack: guarded.stations.giveBack.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, giveBackAct, input), errors),
    ),
    recoverKey: guarded.stations.recoverKey.handler(async ({ context: { admin, operator }, input, errors }) =>
      valueOf(await admin.recoverKey(operator.staffId, input.replica), errors),
    ),
  },
  queue: {
    list: guarded.queue.list.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, listQueueAct, input), errors),
    ),
    release: guarded.queue.release.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, releaseEntryAct, input), errors),
    ),
    refuse: guarded.queue.refuse.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, refuseEntryAct, input), errors),
    ),
    note: guarded.queue.note.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, noteEntryAct, input), errors),
    ),
    countRefund: guarded.queue.countRefund.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, countRefundAct, input), errors),
    ),
    givePurchase: guarded.queue.givePurchase.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, givePurchaseAct, input), errors),
    ),
    putPurchaseAway: guarded.queue.putPurchaseAway.handler(async ({ context: { admin, operator }, input, errors }) =>
      replyOf(await admin.act(operator, putPurchaseAwayAct, input), errors),
    ),
  },
  quarantine: { list: guarded.quarantine.list.handler(async ({ context: { admin } }) => [...(await admin.quarantine())]) },
  ledger: { verify: guarded.ledger.verify.handler(({ context: { admin } }) => admin.verify()) },
});
