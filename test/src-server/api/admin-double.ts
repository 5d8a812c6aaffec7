import type { AdminService } from "#server/app/head-office.ts";
import type { ApiContext } from "#server/api/context.ts";
import type { ReplyOf } from "#shared/contracts/acts/act-type.ts";
import type { Operator, Role } from "#shared/domain/staff/roles.ts";
import { ok } from "#shared/std/result.ts";

export const operator = (role: Role): Operator => ({ staffId: `${role}-1`, userName: role, displayName: role, role, branchId: null });

const account = {
  staffId: "s1",
  userName: "wang",
  displayName: "王芳",
  role: "clerk",
  branch: null,
  isActive: true,
  unlockedAtMs: null,
  cardLast4: null,
  pin: "none",
};

const person = {
  memberId: "0190a000-0000-7000-8000-0000000000f1",
  memberNumber: "00001000017",
  alsoNumbered: [],
  name: "王小明",
  phonesMasked: [],
  birthday: null,
  address: "",
  homeBranch: "东门店",
  joinedAtMs: 0,
  balance: 0,
  debt: 0,
  card: null,
};

/** A reply that each act's schema accepts. */
const acceptableReplies: Readonly<Record<string, unknown>> = {
  "publication.list": { rules: [], plans: [] },
  "rule.publish": { ruleId: "base", version: 1 },
  "plan.publish": { planId: "mug", version: 2 },
  "tier.list": { versions: [] },
  "tier.publish": { version: 1 },
  "dictionary.set": {
    kind: "cardBlockReason",
    code: "c",
    name: { "zh-CN": "消磁", "en-US": "Demagnetised" },
    position: 50,
    isActive: true,
  },
  "audit.list": { lines: [], hasMore: false },
  "account.list": { accounts: [], branches: [] },
  "account.create": { staffId: "s1", temporaryPassword: "a" },
  "account.change": account,
  "account.resetPassword": { staffId: "s1", temporaryPassword: "a" },
  "account.unlock": account,
  "account.setCard": account,
  "account.clearPin": account,
  "proposal.decide": { proposalId: "p1", state: "approved" },
  "points.restore": { points: 1, expiresOn: "2026-07-30" },
  "cardRange.assign": { rangeId: "r1", cards: 100 },
  "gift.set": {},
  "station.list": { asOfMs: 0, branches: [], stations: [], cheapest: null },
  "enrolment.createCode": { code: "CODE", expiresAtMs: 0 },
  "station.fence": { points: 0, members: 0, incarnation: "0123456789abcdef", proposals: 0 },
  "station.giveBack": { points: 0, members: 0 },
  "queue.list": {
    asOfMs: 0,
    quarantined: { lines: [], isCut: false },
    parked: { lines: [], isCut: false },
    flagged: { lines: [], isCut: false },
    unclaimed: { lines: [], isCut: false },
    suspended: [],
    watched: [],
  },
  "queue.release": { outcome: "applied", code: null, others: 0 },
  "queue.refuse": { outcome: "refused", code: "BAD_DATA", others: 0 },
  "queue.note": {},
  "queue.count_refund": { points: 0 },
  "queue.give_purchase": { state: "awarded", points: 1, code: null },
  "queue.put_purchase_away": {},
  "pool.list": { pools: [] },
  "pool.make": { poolId: "" },
  "pool.join": { memberId: "" },
  "pool.leave": { taken: 0, owed: 0 },
  "people.list": { similar: [], merged: [] },
  "people.compare": { members: [person, person], because: [] },
  "member.merge": { member: person, blockedCard: null },
  "people.previewSplit": { members: [person, person], unclear: [] },
  "member.split": { members: [person, person], unclear: [] },
  "recovery.state": { asOfMs: 0, sinceMs: null, awaited: [], missing: [] },
  "recovery.begin": { epoch: 2 },
  "recovery.goOn": {},
  "recovery.close": {},
  "erasure.list": { erasures: [] },
  "erasure.preview": {
    memberId: person.memberId,
    memberNumber: person.memberNumber,
    homeBranch: "东门店",
    erasure: null,
    goes: { name: "王小明", phones: 1, hasBirthday: false, hasAddress: false, entries: 1, cards: 1 },
    stays: { balance: 0, debt: 0 },
    silent: [],
  },
  "erasure.ask": {},
  "erasure.withdraw": {},
  "erasure.confirm": { on: "2026-06-30", entries: 1 },
  "period.list": { periods: [], closableUntil: "2026-03-01", late: [], hasMoreLate: false },
  "period.close": { until: "2026-06-30", after: null, openingPoints: 0, closingPoints: 0, accounts: [], closedBy: "s1" },
};

/** Administration that says yes to everything and remembers what it was asked; a test replaces the part it is about. */
export function adminDouble(replaced: Partial<AdminService> = {}) {
  const asked: string[] = [];
  const incidents: unknown[] = [];
  const answering: AdminService = {
    signIn: async () => ok(operator("administrator")),
    addBranch: async () => ok({ branchId: "b1" }),
    createEnrolmentCode: async () => ok({ code: "CODE", expiresAtMs: 0 }),
    createFirstAdministrator: async () => ok({ staffId: "s1" }),
    setStaff: async () => ok({ staffId: "s2" }),
    publishRule: async () => ok({}),
    publishPlan: async () => ok({}),
    setCardKind: async () => undefined,
    balances: async () => ({ balances: {}, operations: 0 }),
    proposals: async () => [],
    act: async (_by, act) => ok(act.reply.parse(acceptableReplies[act.type]) as ReplyOf<typeof act>),
    stations: async () => [],
    recoverKey: async () => ok({ keys: [{ recoveryKey: "0000-0000", depositedAtMs: 0 }] }),
    stock: async () => [],
    quarantine: async () => [],
    verify: async () => ({ ok: true, damaged: [] }),
    ...replaced,
  };
  const admin = new Proxy(answering, {
    get(target, name: keyof AdminService) {
      asked.push(name);
      return target[name];
    },
  });
  const contextOf = (by: Operator | undefined): ApiContext => ({
    admin,
    operator: by,
    reportIncident: (_where, cause) => `incident-${incidents.push(cause)}`,
  });
  return { contextOf, asked, incidents };
}
