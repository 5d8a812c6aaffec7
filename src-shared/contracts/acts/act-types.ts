import type { ActType } from "./act-type.ts";
import {
  changeAccountAct,
  changePasswordAct,
  clearPinAct,
  createAccountAct,
  listAccountsAct,
  resetPasswordAct,
  setPinAct,
  setStaffCardAct,
  unlockAccountAct,
} from "./accounts.ts";
import { joinPoolAct, leavePoolAct, listPoolsAct, makePoolAct } from "./pools.ts";
import { comparePeopleAct, listPeopleAct, mergePeopleAct, previewSplitAct, splitPeopleAct } from "./people.ts";
import { setDictionaryAct } from "./dictionaries.ts";
import { restorePointsAct } from "./expired-points.ts";
import { listAuditAct } from "./audit.ts";
import { askErasureAct, eraseAct, listErasuresAct, previewErasureAct, withdrawErasureAct } from "./erasures.ts";
import { closePeriodAct, listPeriodsAct } from "./periods.ts";
import { listPublicationsAct, publishPlanAct, publishRuleAct } from "./publications.ts";
import { decideProposalAct } from "./proposals.ts";
import {
  countRefundAct,
  givePurchaseAct,
  listQueueAct,
  noteEntryAct,
  putPurchaseAwayAct,
  refuseEntryAct,
  releaseEntryAct,
} from "./queue.ts";
import { beginRecoveryAct, closeMissingAct, goOnAct, recoveryStateAct } from "./recovery.ts";
import { createEnrolmentCodeAct, fenceStationAct, giveBackAct, listStationsAct } from "./stations.ts";
import { listTiersAct, publishTiersAct } from "./tiers.ts";
import { assignCardRangeAct, setGiftAct } from "./stock.ts";

const all = [
  decideProposalAct,
  restorePointsAct,
  listPublicationsAct,
  publishRuleAct,
  publishPlanAct,
  listTiersAct,
  publishTiersAct,
  listAuditAct,
  setDictionaryAct,
  listPoolsAct,
  makePoolAct,
  joinPoolAct,
  leavePoolAct,
  listAccountsAct,
  createAccountAct,
  changeAccountAct,
  resetPasswordAct,
  unlockAccountAct,
  setStaffCardAct,
  clearPinAct,
  setPinAct,
  changePasswordAct,
  assignCardRangeAct,
  setGiftAct,
  closePeriodAct,
  listPeriodsAct,
  listErasuresAct,
  previewErasureAct,
  askErasureAct,
  withdrawErasureAct,
  eraseAct,
  fenceStationAct,
  giveBackAct,
  listStationsAct,
  createEnrolmentCodeAct,
  listQueueAct,
  releaseEntryAct,
  refuseEntryAct,
  noteEntryAct,
  countRefundAct,
  givePurchaseAct,
  putPurchaseAwayAct,
  listPeopleAct,
  comparePeopleAct,
  mergePeopleAct,
  previewSplitAct,
  splitPeopleAct,
  recoveryStateAct,
  beginRecoveryAct,
  goOnAct,
  closeMissingAct,
] as const;

type Listed = (typeof all)[number];
/** Every act there is, by its name on the wire. One that is missing here does not exist for head office. */
export type ActTypes = { readonly [Each in Listed as Each["type"]]: Each };
export const actTypes: ReadonlyMap<string, ActType> = new Map(all.map((act) => [act.type, act]));
