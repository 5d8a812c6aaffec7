import type { stationContract } from "#shared/contracts/station-contract.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";

/** `anybody`: before sign-in, too. `signedIn`: everybody with an account. Else the permission it takes. */
export type Access = "anybody" | "signedIn" | Permission;

type AccessOf<Contract> = { readonly [Area in keyof Contract]: { readonly [Procedure in keyof Contract[Area]]: Access } };

/** What each procedure asks for; one that is not listed does not compile. The middleware looks here and nowhere else. */
export const access: AccessOf<typeof stationContract> = {
  session: {
    signIn: "anybody",
    signInByCard: "anybody",
    signOut: "anybody",
    current: "anybody",
    setPin: "signedIn",
    changePassword: "signedIn",
    authorise: "signedIn",
    lock: "signedIn",
    heldSwipe: "signedIn",
  },
  setup: { state: "anybody", tryIt: "anybody", enrol: "anybody" },
  station: { status: "anybody", watch: "anybody" },
  members: {
    find: "member.read",
    findAtHeadOffice: "member.read",
    similar: "member.create",
    get: "member.read",
    create: "member.create",
    change: "member.change",
    edits: "member.change",
    sendAgain: "member.change",
    reviews: "member.review",
    decideReview: "member.review",
  },
  encoding: { state: "card.issue", write: "card.issue", check: "card.issue" },
  cards: { waiting: "card.issue", undoIssue: "card.issue", identify: "member.read", issue: "card.issue", block: "card.block" },
  points: {
    rules: "signedIn",
    award: "points.award",
    keepPurchase: "points.award",
    keptPurchases: "member.read",
    void: "points.void",
    balance: "member.read",
    balances: "member.read",
    explain: "member.read",
    journal: "member.read",
    proposals: "proposal.read",
    decideProposal: "proposal.decide",
    handOverProposal: "proposal.decide",
    restore: "points.restore",
    draw: "points.redeem",
  },
  requests: {
    list: "points.void",
    refund: "points.void",
    void: "points.void",
    accept: "points.void_others",
    decline: "points.void_others",
  },
  redemption: {
    plans: "signedIn",
    redeem: "points.redeem",
    hold: "points.redeem",
    confirm: "points.redeem",
    cancel: "points.redeem",
    held: "points.redeem",
  },
  stock: {
    list: "stock.read",
    moves: "stock.read",
    today: "stock.read",
    ranges: "headOffice.manage",
    gifts: "stock.read",
    branches: "stock.read",
    assignCards: "headOffice.manage",
    setGift: "headOffice.manage",
    receive: "stock.manage",
    takeOut: "stock.manage",
    send: "stock.manage",
    takeIn: "stock.manage",
    count: "stock.manage",
    cardsBetween: "stock.read",
    receiveCards: "stock.manage",
    discardCards: "stock.manage",
  },
  slips: { last: "member.read" },
  sync: { exchange: "sync.exchange", overview: "sync.exchange", entries: "sync.exchange" },
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
  tiers: { list: "rule.publish", publish: "rule.publish", explain: "member.read" },
  dictionaries: { entries: "signedIn", set: "dictionary.manage" },
  audit: { list: "audit.read" },
  periods: { list: "headOffice.read", close: "headOffice.manage" },
  queue: {
    list: "queue.manage",
    release: "queue.manage",
    refuse: "queue.manage",
    note: "queue.manage",
    countRefund: "queue.manage",
    givePurchase: "queue.manage",
    putPurchaseAway: "queue.manage",
  },
  pools: { list: "headOffice.manage", make: "headOffice.manage", join: "headOffice.manage", leave: "headOffice.manage" },
  people: {
    list: "member.merge",
    compare: "member.merge",
    merge: "member.merge",
    previewSplit: "member.merge",
    split: "member.merge",
  },
  erasures: {
    list: "headOffice.manage",
    preview: "headOffice.manage",
    ask: "headOffice.manage",
    withdraw: "headOffice.manage",
    confirm: "headOffice.manage",
  },
  recovery: { state: "headOffice.read", goOn: "headOffice.manage", close: "headOffice.manage" },
  stations: { list: "headOffice.read", createCode: "headOffice.manage", fence: "headOffice.manage", giveBack: "headOffice.manage" },
  devices: {
    list: "station.read",
    add: "device.manage",
    change: "device.manage",
    remove: "device.manage",
    test: "device.manage",
    trace: "device.manage",
  },
  updates: { state: "signedIn", check: "station.update", install: "station.update" },
  upkeep: { verify: "station.read", backUp: "station.read", recoveryKey: "headOffice.manage", keyCopy: "station.read" },
  shift: { current: "station.read", lines: "station.read", close: "shift.close" },
  settings: { setIdleLock: "station.configure" },
  practice: { cards: "signedIn", swipe: "signedIn", draw: "signedIn" },
};

/** @param path the procedure's place in the contract, as `["points", "award"]` */
export function accessTo(path: readonly string[]): Access {
  const byName: Readonly<Record<string, Readonly<Record<string, Access>>>> = access;
  const [area = "", procedure = ""] = path;
  const found = byName[area]?.[procedure];
  if (!found) throw new Error(`no access rule for ${path.join(".")}`);
  return found;
}
