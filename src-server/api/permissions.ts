import { beginRecoveryAct, closeMissingAct, goOnAct, recoveryStateAct } from "#shared/contracts/acts/recovery.ts";
import { joinPoolAct, leavePoolAct, listPoolsAct, makePoolAct } from "#shared/contracts/acts/pools.ts";
import { comparePeopleAct, listPeopleAct, mergePeopleAct, previewSplitAct, splitPeopleAct } from "#shared/contracts/acts/people.ts";
import type { AnyContractProcedure } from "@orpc/contract";
import type { headOfficeContract } from "#shared/contracts/head-office-contract.ts";
import { assignCardRangeAct, setGiftAct } from "#shared/contracts/acts/stock.ts";
import { askErasureAct, eraseAct, listErasuresAct, previewErasureAct, withdrawErasureAct } from "#shared/contracts/acts/erasures.ts";
import { restorePointsAct } from "#shared/contracts/acts/expired-points.ts";
import { closePeriodAct, listPeriodsAct } from "#shared/contracts/acts/periods.ts";
import { listTiersAct, publishTiersAct } from "#shared/contracts/acts/tiers.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";

type PermissionsOf<Contract> = {
  readonly [Key in keyof Contract]: Contract[Key] extends AnyContractProcedure ? Permission : PermissionsOf<Contract[Key]>;
};

/** What one must be allowed in order to call a procedure. Shaped like the contract: a procedure without a permission does not compile. */
const permissions: PermissionsOf<typeof headOfficeContract> = {
  branches: { add: "headOffice.manage" },
  enrolment: { createCode: "headOffice.manage" },
  staff: { set: "headOffice.manage" },
  accounts: {
    list: "staff_card.manage",
    create: "account.manage",
    change: "account.manage",
    resetPassword: "account.manage",
    unlock: "account.manage",
    setCard: "staff_card.manage",
    clearPin: "staff_card.manage",
  },
  publications: { list: "rule.publish", publishRule: "rule.publish", publishPlan: "rule.publish" },
  tiers: { list: listTiersAct.permission, publish: publishTiersAct.permission },
  dictionaries: { set: "dictionary.manage" },
  audit: { list: "audit.read" },
  rules: { publish: "headOffice.manage" },
  plans: { publish: "headOffice.manage" },
  cardKinds: { set: "headOffice.manage" },
  cards: { assignRange: assignCardRangeAct.permission },
  gifts: { set: setGiftAct.permission },
  stock: { list: "headOffice.read" },
  points: { balances: "headOffice.read", restore: restorePointsAct.permission },
  proposals: { list: "proposal.read", decide: "proposal.decide" },
  stations: {
    list: "headOffice.read",
    overview: "headOffice.read",
    createCode: "headOffice.manage",
    fence: "headOffice.manage",
    giveBack: "headOffice.manage",
    recoverKey: "headOffice.manage",
  },
  queue: {
    list: "queue.manage",
    release: "queue.manage",
    refuse: "queue.manage",
    note: "queue.manage",
    countRefund: "queue.manage",
    givePurchase: "queue.manage",
    putPurchaseAway: "queue.manage",
  },
  pools: {
    list: listPoolsAct.permission,
    make: makePoolAct.permission,
    join: joinPoolAct.permission,
    leave: leavePoolAct.permission,
  },
  people: {
    list: listPeopleAct.permission,
    compare: comparePeopleAct.permission,
    merge: mergePeopleAct.permission,
    previewSplit: previewSplitAct.permission,
    split: splitPeopleAct.permission,
  },
  quarantine: { list: "headOffice.read" },
  ledger: { verify: "headOffice.read" },
  recovery: {
    state: recoveryStateAct.permission,
    begin: beginRecoveryAct.permission,
    goOn: goOnAct.permission,
    close: closeMissingAct.permission,
  },
  erasures: {
    list: listErasuresAct.permission,
    preview: previewErasureAct.permission,
    ask: askErasureAct.permission,
    withdraw: withdrawErasureAct.permission,
    confirm: eraseAct.permission,
  },
  periods: { list: listPeriodsAct.permission, close: closePeriodAct.permission },
};

/** @throws Error for a path outside the contract, so that nothing is ever served without a permission */
export function permissionFor([area, procedure]: readonly string[]): Permission {
  const areas: Readonly<Record<string, Readonly<Record<string, Permission>>>> = permissions;
  const permission = areas[area ?? ""]?.[procedure ?? ""];
  if (permission === undefined) throw new Error(`no permission is declared for ${area}.${procedure}`);
  return permission;
}
