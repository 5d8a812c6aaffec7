import type { ActType } from "#shared/contracts/acts/act-type.ts";
import type { ActTypes } from "#shared/contracts/acts/act-types.ts";
import type { ActHandler } from "./act-handler.ts";
import { changeAccount, createAccount, listAccounts, resetPassword, unlockAccount } from "./accounts.ts";
import { assignCardRange } from "./assign-card-range.ts";
import { changePassword } from "./change-password.ts";
import { countSecondRefund } from "./count-second-refund.ts";
import { decideProposal } from "./decide-proposal.ts";
import { comparePeople, listPeople } from "./list-people.ts";
import { listPools } from "./list-pools.ts";
import { joinPool, leavePool, makePool } from "./pools.ts";
import { mergePeople } from "./merge-people.ts";
import { previewSplit, splitPeople } from "./split-people.ts";
import { restorePoints } from "./restore-points.ts";
import { setDictionary } from "./set-dictionary.ts";
import { listAudit } from "./list-audit.ts";
import { askErasure, confirmErasure, listErasures, previewErasure, withdrawErasure } from "./erasures.ts";
import { closePeriod, listPeriods } from "./periods.ts";
import { listPublications, publishPlan, publishRule } from "./publications.ts";
import { clearPin, setPin, setStaffCard } from "./staff-cards.ts";
import { fenceStation, giveBack } from "./fence-station.ts";
import { createEnrolmentCode, listStations } from "./list-stations.ts";
import { noteEntry, refuseEntry, releaseEntry } from "./decide-entry.ts";
import { beginRecoveryByHand, closeMissing, goOn, recoveryState } from "./recovery.ts";
import { listQueue } from "./list-queue.ts";
import { givePurchase, putPurchaseAway } from "./unclaimed-purchases.ts";
import { listTiers, publishTiers } from "./tiers.ts";
import { setGift } from "./set-gift.ts";

/** Who does each act. Shaped like the list of acts: one that nobody does does not compile. */
const handlers: { readonly [Type in keyof ActTypes]: ActHandler<ActTypes[Type]> } = {
  "proposal.decide": decideProposal,
  "points.restore": restorePoints,
  "publication.list": listPublications,
  "rule.publish": publishRule,
  "plan.publish": publishPlan,
  "tier.list": listTiers,
  "tier.publish": publishTiers,
  "dictionary.set": setDictionary,
  "audit.list": listAudit,
  "account.list": listAccounts,
  "account.create": createAccount,
  "account.change": changeAccount,
  "account.resetPassword": resetPassword,
  "account.unlock": unlockAccount,
  "account.setCard": setStaffCard,
  "account.clearPin": clearPin,
  "account.setPin": setPin,
  "account.changePassword": changePassword,
  "cardRange.assign": assignCardRange,
  "gift.set": setGift,
  "period.close": closePeriod,
  "period.list": listPeriods,
  "erasure.list": listErasures,
  "erasure.preview": previewErasure,
  "erasure.ask": askErasure,
  "erasure.withdraw": withdrawErasure,
  "erasure.confirm": confirmErasure,
  "station.fence": fenceStation,
  "station.giveBack": giveBack,
  "station.list": listStations,
  "enrolment.createCode": createEnrolmentCode,
  "queue.list": listQueue,
  "queue.release": releaseEntry,
  "queue.refuse": refuseEntry,
  "queue.note": noteEntry,
  "queue.count_refund": countSecondRefund,
  "queue.give_purchase": givePurchase,
  "queue.put_purchase_away": putPurchaseAway,
  "people.list": listPeople,
  "people.compare": comparePeople,
  "member.merge": mergePeople,
  "people.previewSplit": previewSplit,
  "member.split": splitPeople,
  "pool.list": listPools,
  "pool.make": makePool,
  "pool.join": joinPool,
  "pool.leave": leavePool,
  "recovery.state": recoveryState,
  "recovery.begin": beginRecoveryByHand,
  "recovery.goOn": goOn,
  "recovery.close": closeMissing,
};

/** @throws Error for an act that is declared and not listed */
export function handlerOf<A extends ActType>(act: A): ActHandler<A> {
  const byType: Readonly<Record<string, unknown>> = handlers;
  const handler = byType[act.type];
  if (!handler) throw new Error(`nobody does the act ${act.type}`);
  // The table above pairs each name with the handler of that act; what it is of when looked up by a name, no signature can say.
  return handler as ActHandler<A>;
}
