import { addDays } from "#shared/domain/time/calendar.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { cardNumberOf as cardNumberOfKind } from "#shared/domain/cards/card-number.ts";
import { sampleCardKind, samplePassword, sampleRules, sampleStaff } from "#main/sample/company.ts";

export const branchNames = ["A", "B"] as const;
export type BranchName = (typeof branchNames)[number];

export type Account = { readonly userName: string; readonly password: string };

/** What a demo calls its own. Its names hold a tag, so that one database takes any number of demos. */
export type Company = {
  readonly administrator: Account;
  readonly accounts: Readonly<Record<BranchName, { readonly clerk: Account; readonly manager: Account }>>;
  /** Points at the counter. */
  readonly purchaseRule: string;
  /** Points only when head office has approved. */
  readonly contractRule: string;
  readonly voucherPlan: string;
  /** For `hq apply`. The last answers are the enrolment codes, one a branch. */
  readonly calls: readonly { readonly procedure: string; readonly input: unknown }[];
};

/** Cheap enough that a quantity of it meets any number of points to the last nine. */
export const voucherPoints = 10;

const cardKind = { ...sampleCardKind, kind: "demo", prefix: "8800", length: 16 } as const;

/** @param tag capitals and digits, at most eleven */
export function foundCompany(tag: string, nowMs: number): Company {
  const today = businessDateOf(nowMs);
  const codeOf = (branch: BranchName): string => branch + tag;
  const staff = sampleStaff.flatMap(({ branch, userName, ...person }) =>
    branch === "C" || branch === null ? [] : [{ ...person, userName: named(userName), branch: codeOf(branch), password: samplePassword }],
  );
  function named(name: string): string {
    return `${name}-${tag.toLowerCase()}`;
  }
  const accountOf = (branch: BranchName, wanted: "clerk" | "manager"): Account => ({
    userName: staff.find((person) => person.branch === codeOf(branch) && person.role === wanted)?.userName ?? "",
    password: samplePassword,
  });
  const accountsOf = (branch: BranchName) => ({ clerk: accountOf(branch, "clerk"), manager: accountOf(branch, "manager") });
  const administrator: Account = { userName: named("demo"), password: samplePassword };
  const voucher = {
    planId: named("voucher"),
    version: 1,
    name: { "zh-CN": "代金券一元", "en-US": "Voucher of one yuan" },
    costPoints: voucherPoints,
    opensOn: addDays(today, -1),
    closesOn: addDays(today, 365),
  };
  return {
    administrator,
    accounts: { A: accountsOf("A"), B: accountsOf("B") },
    purchaseRule: named("purchase"),
    contractRule: named("contract"),
    voucherPlan: voucher.planId,
    calls: [
      ...branchNames.map((branch) => ({ procedure: "branches.add", input: { code: codeOf(branch), name: `${branch}店` } })),
      ...staff.map((input) => ({ procedure: "staff.set", input })),
      {
        procedure: "staff.set",
        input: { ...administrator, displayName: administrator.userName, role: "administrator", branch: null },
      },
      { procedure: "cardKinds.set", input: cardKind },
      ...sampleRules(addDays(today, -1)).map((rule) => ({ procedure: "rules.publish", input: { ...rule, ruleId: named(rule.ruleId) } })),
      { procedure: "plans.publish", input: voucher },
      ...branchNames.map((branch) => ({ procedure: "enrolment.createCode", input: { branch: codeOf(branch) } })),
    ],
  };
}

const serialsEach = 1_000_000;

/** Number of a blank card: a station's own number is part of it, so that no two demos on one database hand out the same. */
export function cardNumberOf(stationNumber: number, serial: number): string {
  return cardNumberOfKind(cardKind, stationNumber * serialsEach + serial);
}
