import { describe, expect, it } from "vitest";
import { callProcedure, listProcedures } from "#server/api/head-office-api.ts";
import { roles } from "#shared/domain/staff/roles.ts";
import { err } from "#shared/std/result.ts";
import { adminDouble, operator } from "./admin-double.ts";

const requestId = "01890000-0000-7000-8000-000000000001";
const place = { replica: 1, incarnation: "0123456789abcdef", seq: 1 };

const [onePerson, another] = ["0190a000-0000-7000-8000-0000000000f1", "0190a000-0000-7000-8000-0000000000f2"];
const shownOfBoth = [
  { memberId: onePerson, balance: 0 },
  { memberId: another, balance: 0 },
];

/** Input that each procedure accepts, so that a refusal below is about the person and nothing else. */
const acceptable: Readonly<Record<string, unknown>> = {
  "branches.add": { code: "EAST", name: "东门店" },
  "enrolment.createCode": { branch: "EAST" },
  "staff.set": { userName: "wang", displayName: "王芳", password: "long enough", role: "clerk", branch: "EAST" },
  "accounts.list": {},
  "accounts.create": { requestId, userName: "wang", displayName: "王芳", role: "clerk", branch: "EAST" },
  "accounts.change": { requestId, staffId: requestId, isActive: false },
  "accounts.resetPassword": { requestId, staffId: requestId },
  "accounts.unlock": { requestId, staffId: requestId },
  "accounts.setCard": { requestId, staffId: requestId, card: null },
  "accounts.clearPin": { requestId, staffId: requestId },
  "publications.list": {},
  "publications.publishRule": {
    requestId,
    ruleId: null,
    basedOn: null,
    name: { "zh-CN": "消费积分", "en-US": "Purchases" },
    points: 1,
    perFen: 100,
    approval: "none",
    validMonths: 12,
    opensOn: "2026-01-01",
    closesOn: null,
  },
  "publications.publishPlan": {
    requestId,
    planId: "mug",
    basedOn: 1,
    name: { "zh-CN": "马克杯", "en-US": "Mug" },
    costPoints: 500,
    opensOn: "2026-01-01",
    closesOn: "2026-12-31",
  },
  "tiers.list": {},
  "tiers.publish": {
    requestId,
    basedOn: 0,
    measure: "points",
    window: "calendarYear",
    onMiss: "oneDown",
    tiers: [{ tierId: "gold", name: { "zh-CN": "金卡", "en-US": "Gold" }, from: 6000, keep: 5000 }],
    opensOn: "2026-01-01",
  },
  "dictionaries.set": {
    requestId,
    kind: "cardBlockReason",
    code: null,
    name: { "zh-CN": "消磁", "en-US": "Demagnetised" },
    position: 50,
    isActive: true,
  },
  "audit.list": {},
  "rules.publish": {
    ruleId: "base",
    version: 1,
    name: { "zh-CN": "消费积分", "en-US": "Purchases" },
    points: 1,
    perFen: 100,
    approval: "none",
    validMonths: 12,
    opensOn: "2026-01-01",
    closesOn: null,
  },
  "plans.publish": {
    planId: "mug",
    version: 1,
    name: { "zh-CN": "马克杯", "en-US": "Mug" },
    costPoints: 500,
    opensOn: "2026-01-01",
    closesOn: "2026-12-31",
  },
  "cardKinds.set": {
    kind: "main",
    name: { "zh-CN": "主卡", "en-US": "Main card" },
    role: "main",
    prefix: "6299",
    length: 16,
    check: "luhn",
  },
  "cards.assignRange": {
    requestId: "01890000-0000-7000-8000-000000000002",
    branch: "EAST",
    cardKind: "main",
    first: "6299000000000018",
    last: "6299000000000992",
    lowAt: 10,
  },
  "gifts.set": {
    requestId: "01890000-0000-7000-8000-000000000003",
    giftId: "mug",
    name: { "zh-CN": "马克杯", "en-US": "Mug" },
    lowAt: 5,
  },
  "stock.list": {},
  "points.balances": {},
  "proposals.list": {},
  "proposals.decide": { requestId, proposalId: "p1", decision: "approve", reason: null },
  "stations.list": {},
  "stations.overview": {},
  "stations.createCode": { requestId, branch: "A" },
  "stations.fence": { requestId, replica: 1, shown: { points: 0, members: 0 } },
  "stations.giveBack": { requestId, replica: 1, incarnation: "0123456789abcdef", shown: { points: 0, members: 0 } },
  "stations.recoverKey": { replica: 1 },
  "people.list": {},
  "people.compare": { numbers: ["00001000017", "00001000025"] },
  "people.merge": { requestId, memberId: onePerson, mergedId: another, keepCardOf: null, shown: shownOfBoth },
  "people.previewSplit": { mergedId: another },
  "people.split": { requestId, mergedId: another, shown: shownOfBoth },
  "pools.list": {},
  "pools.make": { requestId, name: "三楼", kind: "household" },
  "pools.join": { requestId, poolId: requestId, memberNumber: "00001000017", sharePercent: 100 },
  "pools.leave": { requestId, poolId: requestId, memberId: onePerson },
  "recovery.state": {},
  "recovery.begin": { requestId },
  "recovery.goOn": { requestId, without: 1 },
  "recovery.close": { requestId, kind: "rule", id: "spend/3" },
  "erasures.list": {},
  "erasures.preview": { memberNumber: "00001000017" },
  "erasures.ask": { requestId, memberId: onePerson },
  "erasures.withdraw": { requestId, memberId: onePerson },
  "erasures.confirm": { requestId, memberId: onePerson },
  "quarantine.list": {},
  "ledger.verify": {},
  "points.restore": { requestId, memberId: requestId, lapsedOn: "2026-06-30", points: 1, reason: "goodwill" },
  "periods.list": {},
  "periods.close": { requestId, until: "2026-06-30" },
  "queue.list": {},
  "queue.release": { requestId, ...place, reason: "seen", isVouchedFor: false },
  "queue.refuse": { requestId, ...place, reason: "seen" },
  "queue.note": { requestId, ...place, reason: "seen" },
  "queue.countRefund": { requestId, ...place, reason: "other goods" },
  "queue.givePurchase": { requestId, purchaseId: requestId, memberNumber: "M1" },
  "queue.putPurchaseAway": { requestId, purchaseId: requestId, reason: "no card" },
};

const decide = acceptable["proposals.decide"];

describe("the permission gate", () => {
  it("stands before every procedure, and each is decided at head office", () => {
    expect(listProcedures().map(({ act: _act, ...procedure }) => procedure)).toEqual([
      { name: "branches.add", where: "headOffice", permission: "headOffice.manage" },
      { name: "enrolment.createCode", where: "headOffice", permission: "headOffice.manage" },
      { name: "staff.set", where: "headOffice", permission: "headOffice.manage" },
      { name: "accounts.list", where: "headOffice", permission: "staff_card.manage" },
      { name: "accounts.create", where: "headOffice", permission: "account.manage" },
      { name: "accounts.change", where: "headOffice", permission: "account.manage" },
      { name: "accounts.resetPassword", where: "headOffice", permission: "account.manage" },
      { name: "accounts.unlock", where: "headOffice", permission: "account.manage" },
      { name: "accounts.setCard", where: "headOffice", permission: "staff_card.manage" },
      { name: "accounts.clearPin", where: "headOffice", permission: "staff_card.manage" },
      { name: "publications.list", where: "headOffice", permission: "rule.publish" },
      { name: "publications.publishRule", where: "headOffice", permission: "rule.publish" },
      { name: "publications.publishPlan", where: "headOffice", permission: "rule.publish" },
      { name: "tiers.list", where: "headOffice", permission: "rule.publish" },
      { name: "tiers.publish", where: "headOffice", permission: "rule.publish" },
      { name: "audit.list", where: "headOffice", permission: "audit.read" },
      { name: "dictionaries.set", where: "headOffice", permission: "dictionary.manage" },
      { name: "rules.publish", where: "headOffice", permission: "headOffice.manage" },
      { name: "plans.publish", where: "headOffice", permission: "headOffice.manage" },
      { name: "cardKinds.set", where: "headOffice", permission: "headOffice.manage" },
      { name: "cards.assignRange", where: "headOffice", permission: "headOffice.manage" },
      { name: "gifts.set", where: "headOffice", permission: "headOffice.manage" },
      { name: "stock.list", where: "headOffice", permission: "headOffice.read" },
      { name: "points.balances", where: "headOffice", permission: "headOffice.read" },
      { name: "points.restore", where: "headOffice", permission: "points.restore" },
      { name: "proposals.list", where: "headOffice", permission: "proposal.read" },
      { name: "proposals.decide", where: "headOffice", permission: "proposal.decide" },
      { name: "stations.list", where: "headOffice", permission: "headOffice.read" },
      { name: "stations.overview", where: "headOffice", permission: "headOffice.read" },
      { name: "stations.createCode", where: "headOffice", permission: "headOffice.manage" },
      { name: "stations.fence", where: "headOffice", permission: "headOffice.manage" },
      { name: "stations.giveBack", where: "headOffice", permission: "headOffice.manage" },
      { name: "stations.recoverKey", where: "headOffice", permission: "headOffice.manage" },
      { name: "people.list", where: "headOffice", permission: "member.merge" },
      { name: "people.compare", where: "headOffice", permission: "member.merge" },
      { name: "people.merge", where: "headOffice", permission: "member.merge" },
      { name: "people.previewSplit", where: "headOffice", permission: "member.merge" },
      { name: "people.split", where: "headOffice", permission: "member.merge" },
      { name: "pools.list", where: "headOffice", permission: "headOffice.manage" },
      { name: "pools.make", where: "headOffice", permission: "headOffice.manage" },
      { name: "pools.join", where: "headOffice", permission: "headOffice.manage" },
      { name: "pools.leave", where: "headOffice", permission: "headOffice.manage" },
      { name: "quarantine.list", where: "headOffice", permission: "headOffice.read" },
      { name: "ledger.verify", where: "headOffice", permission: "headOffice.read" },
      { name: "periods.list", where: "headOffice", permission: "headOffice.read" },
      { name: "periods.close", where: "headOffice", permission: "headOffice.manage" },
      { name: "queue.list", where: "headOffice", permission: "queue.manage" },
      { name: "queue.release", where: "headOffice", permission: "queue.manage" },
      { name: "queue.refuse", where: "headOffice", permission: "queue.manage" },
      { name: "queue.note", where: "headOffice", permission: "queue.manage" },
      { name: "queue.countRefund", where: "headOffice", permission: "queue.manage" },
      { name: "queue.givePurchase", where: "headOffice", permission: "queue.manage" },
      { name: "queue.putPurchaseAway", where: "headOffice", permission: "queue.manage" },
      { name: "erasures.list", where: "headOffice", permission: "headOffice.manage" },
      { name: "erasures.preview", where: "headOffice", permission: "headOffice.manage" },
      { name: "erasures.ask", where: "headOffice", permission: "headOffice.manage" },
      { name: "erasures.withdraw", where: "headOffice", permission: "headOffice.manage" },
      { name: "erasures.confirm", where: "headOffice", permission: "headOffice.manage" },
      { name: "recovery.state", where: "headOffice", permission: "headOffice.read" },
      { name: "recovery.goOn", where: "headOffice", permission: "headOffice.manage" },
      { name: "recovery.close", where: "headOffice", permission: "headOffice.manage" },
      { name: "recovery.begin", where: "headOffice", permission: "headOffice.manage" },
    ]);
  });

  it.each(listProcedures())("$name refuses a clerk, names the permission and does nothing", async ({ name, permission }) => {
    const { contextOf, asked } = adminDouble();
    const refused = await callProcedure(name, acceptable[name], contextOf(operator("clerk")));
    expect(refused).toEqual({ ok: false, error: { code: "FORBIDDEN", message: expect.any(String), data: { permission } } });
    expect(asked).toEqual([]);
  });

  it.each(listProcedures())("$name refuses whoever has not signed in", async ({ name }) => {
    const { contextOf, asked } = adminDouble();
    const refused = await callProcedure(name, acceptable[name], contextOf(undefined));
    expect(refused).toMatchObject({ error: { code: "NOT_SIGNED_IN" } });
    expect(asked).toEqual([]);
  });

  it.each(listProcedures())("$name serves an administrator", async ({ name }) => {
    const { contextOf, asked, incidents } = adminDouble();
    expect(await callProcedure(name, acceptable[name], contextOf(operator("administrator")))).toMatchObject({ ok: true });
    expect(asked).toHaveLength(1);
    expect(incidents).toEqual([]);
  });

  it("lets a manager decide proposals and what was held back, give expired points back, and look after the branch's staff cards", async () => {
    const { contextOf } = adminDouble();
    const manager = contextOf(operator("manager"));
    const outcomes = await Promise.all(listProcedures().map(({ name }) => callProcedure(name, acceptable[name], manager)));
    const served = listProcedures().filter((_, i) => outcomes[i]?.ok);
    expect(served.map(({ name }) => name)).toEqual([
      "accounts.list",
      "accounts.setCard",
      "accounts.clearPin",
      "points.restore",
      "proposals.list",
      "proposals.decide",
      "queue.list",
      "queue.release",
      "queue.refuse",
      "queue.note",
      "queue.countRefund",
      "queue.givePurchase",
      "queue.putPurchaseAway",
    ]);
  });

  it("does not tell whoever may not ask what the right input would be", async () => {
    const { contextOf } = adminDouble();
    expect(await callProcedure("branches.add", { nonsense: true }, contextOf(operator("clerk")))).toMatchObject({
      error: { code: "FORBIDDEN" },
    });
  });
});

describe("wrong input", () => {
  it.each([
    ["branches.add", { code: "east gate", name: "" }, ["code", "name"]],
    ["branches.add", undefined, [""]],
    ["staff.set", { ...(acceptable["staff.set"] as object), password: "short", role: "owner" }, ["password", "role"]],
    ["rules.publish", { ...(acceptable["rules.publish"] as object), opensOn: "2026-02-30", perFen: 0 }, ["perFen", "opensOn"]],
    ["rules.publish", { ...(acceptable["rules.publish"] as object), closesOn: "2025-12-31" }, ["closesOn"]],
    [
      "plans.publish",
      { ...(acceptable["plans.publish"] as object), name: { "zh-CN": "马克杯" }, costPoints: 1.5 },
      ["name.en-US", "costPoints"],
    ],
    ["cardKinds.set", { ...(acceptable["cardKinds.set"] as object), prefix: "6299000000000000" }, ["prefix"]],
    ["cardKinds.set", { ...(acceptable["cardKinds.set"] as object), media: "em4100" }, ["media"]],
    ["cardKinds.set", { ...(acceptable["cardKinds.set"] as object), prefix: "6F" }, ["media"]],
    ["points.balances", { memberNumbers: ["1", 2] }, ["memberNumbers.1"]],
    ["proposals.decide", { ...(decide as object), requestId: "x", decision: "maybe" }, ["requestId", "decision"]],
  ])("of %s names the fields", async (name, input, fields) => {
    const { contextOf, asked } = adminDouble();
    const refused = await callProcedure(name, input, contextOf(operator("administrator")));
    expect(refused).toMatchObject({ error: { code: "INVALID_INPUT", data: { issues: fields.map((field) => ({ field })) } } });
    expect(asked).toEqual([]);
  });

  it.each(["", "branches", "branches.add.more", "constructor", "__proto__", "branches.toString", "branches.remove"])(
    "a procedure by the name of %j is not found, and the known ones are told",
    async (name) => {
      const { contextOf } = adminDouble();
      const refused = await callProcedure(name, {}, contextOf(operator("administrator")));
      expect(refused).toMatchObject({ error: { code: "UNKNOWN_PROCEDURE", data: { known: expect.arrayContaining(["branches.add"]) } } });
    },
  );
});

describe("refusals and faults", () => {
  it("passes a refusal on with its code and words", async () => {
    const { contextOf } = adminDouble({ addBranch: async () => err({ code: "BRANCH_CODE_TAKEN" }) });
    const refused = await callProcedure("branches.add", acceptable["branches.add"], contextOf(operator("administrator")));
    expect(refused).toEqual({ ok: false, error: { code: "BRANCH_CODE_TAKEN", message: "Another branch has this code.", data: {} } });
  });

  it("passes on what was decided already", async () => {
    const { contextOf } = adminDouble({
      act: async () => err({ code: "ALREADY_DECIDED", status: 409, data: { state: "rejected" } }),
    });
    const refused = await callProcedure("proposals.decide", decide, contextOf(operator("manager")));
    expect(refused).toMatchObject({ error: { code: "ALREADY_DECIDED", data: { state: "rejected" } } });
  });

  it("passes on that a proposal is of another branch", async () => {
    const { contextOf, incidents } = adminDouble({ act: async () => err({ code: "OUT_OF_SCOPE", status: 403, data: {} }) });
    const refused = await callProcedure("proposals.decide", decide, contextOf(operator("manager")));
    expect(refused).toMatchObject({ error: { code: "OUT_OF_SCOPE", message: "The proposal, or the person, is of another branch." } });
    expect(incidents).toEqual([]);
  });

  it.each([
    ["a refusal that the contract does not name", async () => err({ code: "NOT_IN_THE_CONTRACT", status: 409 as const, data: {} })],
    [
      "a refusal without the facts that the contract promises",
      async () => err({ code: "ALREADY_DECIDED", status: 409 as const, data: {} }),
    ],
    ["a throw", () => Promise.reject(new Error("Key (phone)=(13800000000) already exists"))],
  ])("shows a number for %s, and nothing of what happened", async (_name, act) => {
    const { contextOf, incidents } = adminDouble({ act });
    const refused = await callProcedure("proposals.decide", decide, contextOf(operator("manager")));
    expect(refused).toMatchObject({ error: { code: "INTERNAL", data: { incident: "incident-1" } } });
    expect(JSON.stringify(refused)).not.toContain("13800000000");
    expect(incidents).toHaveLength(1);
  });

  it("answers nothing that is not in the contract", async () => {
    const balances = { balances: { "1001": 1.5 }, operations: 1 };
    const { contextOf } = adminDouble({ balances: async () => balances });
    const refused = await callProcedure("points.balances", {}, contextOf(operator("administrator")));
    expect(refused).toMatchObject({ error: { code: "INTERNAL" } });
  });

  it.each(roles)("records a change under the person who asked, here the %s", async (role) => {
    const recorded: string[] = [];
    const { contextOf } = adminDouble({
      act: async (by) => {
        recorded.push(by.staffId);
        return err({ code: "PROPOSAL_NOT_FOUND", status: 404, data: {} });
      },
    });
    await callProcedure("proposals.decide", decide, contextOf(operator(role)));
    expect(recorded).toEqual(role === "clerk" ? [] : [`${role}-1`]);
  });
});
