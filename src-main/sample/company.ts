import type { Role } from "#shared/domain/staff/roles.ts";

/** The invented company of the sample: three branches, two people each, two earning rules, four plans. */
export const sampleBranches = [
  { code: "A", name: "城东店" },
  { code: "B", name: "城西店" },
  { code: "C", name: "湖滨店" },
] as const;
export type SampleBranch = (typeof sampleBranches)[number]["code"];

type SampleStaff = {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  /** Null for head-office staff. */
  readonly branch: SampleBranch | null;
};
/** A clerk and a manager at each branch, and one who looks after the company. */
export const sampleStaff: readonly SampleStaff[] = [
  { userName: "chen", displayName: "陈雨桐", role: "clerk", branch: "A" },
  { userName: "zhao", displayName: "赵明远", role: "manager", branch: "A" },
  { userName: "lin", displayName: "林小满", role: "clerk", branch: "B" },
  { userName: "sun", displayName: "孙立", role: "manager", branch: "B" },
  { userName: "he", displayName: "何晴", role: "clerk", branch: "C" },
  { userName: "gao", displayName: "高志刚", role: "manager", branch: "C" },
  { userName: "wu", displayName: "吴静", role: "administrator", branch: null },
];

/** Shown on the sign-in screen of a sample, which nobody else can reach. */
export const samplePassword = "counter-2026";

/** Card kind of the sample: 12 digits, with a check digit. */
export const sampleCardKind = {
  kind: "ordinary",
  name: { "zh-CN": "普通卡", "en-US": "Ordinary card" },
  role: "main",
  media: "magstripe",
  prefix: "8888",
  length: 12,
  check: "luhn",
} as const;

/** Tags of the sample: any that a reader of 125 kHz reads. */
const sampleTagKind = {
  kind: "tag",
  name: { "zh-CN": "感应卡", "en-US": "Tag" },
  role: "main",
  media: "em4100",
  prefix: "",
  length: 10,
  check: "none",
} as const;

/** What a purchase earns at the counter, and what head office decides on. @param opensOn business date; the rules never close */
export const sampleRules = (opensOn: string) =>
  [
    {
      ruleId: "purchase",
      version: 1,
      name: { "zh-CN": "门店消费", "en-US": "Shop purchase" },
      points: 1,
      perFen: 1_000,
      approval: "none",
      validMonths: 24,
      opensOn,
      closesOn: null,
    },
    {
      ruleId: "contract",
      version: 1,
      name: { "zh-CN": "购房签约", "en-US": "Home contract" },
      points: 1,
      perFen: 1_000_000,
      approval: "headOffice",
      validMonths: null,
      opensOn,
      closesOn: null,
    },
  ] as const;

const samplePlans = (opensOn: string, closesOn: string) =>
  [
    {
      planId: "tea",
      version: 1,
      name: { "zh-CN": "龙井茶一罐", "en-US": "Tin of Longjing tea" },
      costPoints: 80,
      opensOn,
      closesOn,
      giftId: "tea",
    },
    {
      planId: "umbrella",
      version: 1,
      name: { "zh-CN": "晴雨伞", "en-US": "Umbrella" },
      costPoints: 120,
      opensOn,
      closesOn,
      giftId: "umbrella",
    },
    { planId: "cinema", version: 1, name: { "zh-CN": "电影票两张", "en-US": "Two cinema tickets" }, costPoints: 200, opensOn, closesOn },
    {
      planId: "hamper",
      version: 1,
      name: { "zh-CN": "节庆礼盒", "en-US": "Festival hamper" },
      costPoints: 500,
      opensOn,
      closesOn,
      giftId: "hamper",
    },
  ] as const;

type Call = { readonly procedure: string; readonly input: unknown };

/** What `hq apply` is given, so that the head office of the sample knows its company. @param stock what its branches may hand out */
export const companyCalls = (opensOn: string, closesOn: string, stock: readonly Call[] = []): readonly Call[] => [
  ...sampleBranches.map((input) => ({ procedure: "branches.add", input })),
  ...sampleStaff.map((staff) => ({ procedure: "staff.set", input: { ...staff, password: samplePassword } })),
  { procedure: "cardKinds.set", input: sampleCardKind },
  { procedure: "cardKinds.set", input: sampleTagKind },
  ...sampleRules(opensOn).map((input) => ({ procedure: "rules.publish", input })),
  ...stock,
  // Without a shelf nothing is handed out from it.
  ...samplePlans(opensOn, closesOn).map((input) => ({
    procedure: "plans.publish",
    input: stock.length > 0 ? input : { ...input, giftId: undefined },
  })),
  ...sampleBranches.map(({ code }) => ({ procedure: "enrolment.createCode", input: { branch: code } })),
];
