import type { HeadOffice } from "#server/app/head-office.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import type { Operator, Role } from "#shared/domain/staff/roles.ts";
import { expectOk } from "#test/support/simulated-station.ts";

export type SimulatedBranch = {
  readonly code: string;
  readonly branchId: string;
  readonly clerk: Operator;
  readonly manager: Operator;
};

/** What every history begins with. */
export type FoundedCompany = { readonly administrator: Operator; readonly branches: readonly SimulatedBranch[] };

const bothLanguages = (name: string) => ({ "zh-CN": name, "en-US": name });

const rule = {
  version: 1,
  points: 1,
  perFen: 100,
  validMonths: null,
  opensOn: "2020-01-01",
  closesOn: null,
} as const;

/** Of these, one takes effect at the counter and never lapses, one is decided by head office, one by the branch, and one is short-lived. */
export const briefRule: EarningRule = { ...rule, ruleId: "brief", name: bothLanguages("brief"), approval: "none", validMonths: 1 };
/** Beside them a campaign whose budget is small enough to be used up. */
export const campaign = {
  ...rule,
  ruleId: "campaign",
  name: bothLanguages("campaign"),
  approval: "none",
  budget: { itemId: "01890000-0000-7000-8000-00000000b0d6", points: 900 },
} as const satisfies EarningRule;
const rules: readonly EarningRule[] = [
  campaign,
  { ...rule, ruleId: "spend", name: bothLanguages("spend"), approval: "none" },
  { ...rule, ruleId: "large", name: bothLanguages("large"), approval: "headOffice" },
  { ...rule, ruleId: "branch", name: bothLanguages("branch"), approval: "station" },
  briefRule,
];

export const teaPlan: RedemptionPlan = {
  planId: "tea",
  version: 1,
  name: bothLanguages("tea"),
  costPoints: 40,
  opensOn: "2020-01-01",
  closesOn: "2099-12-31",
  giftId: null,
};

/** Founds a company with three branches, a clerk and a manager at each, rules, a plan and a kind of card. */
export async function foundCompany(office: HeadOffice): Promise<FoundedCompany> {
  const { admin } = office;
  const first = { userName: "admin", displayName: "管理员", password: "correct horse" };
  const { staffId } = expectOk(await admin.createFirstAdministrator((await office.firstAdministratorCode()) ?? "", first));
  const administrator: Operator = { staffId, userName: "admin", displayName: "管理员", role: "administrator", branchId: null };

  const branches: SimulatedBranch[] = [];
  for (const code of ["A", "B", "C"]) {
    const { branchId } = expectOk(await admin.addBranch(staffId, { code, name: `分店${code}` }));
    const hire = async (role: Role): Promise<Operator> => {
      const userName = `${role} of ${code}`;
      const hired = await admin.setStaff(staffId, { userName, displayName: userName, password: "a password", role, branch: code });
      return { staffId: expectOk(hired).staffId, userName, displayName: userName, role, branchId };
    };
    branches.push({ code, branchId, clerk: await hire("clerk"), manager: await hire("manager") });
  }
  for (const each of rules) expectOk(await admin.publishRule(staffId, each));
  expectOk(await admin.publishPlan(staffId, teaPlan));
  await admin.setCardKind(staffId, {
    kind: "ordinary",
    name: bothLanguages("ordinary"),
    role: "main",
    media: "magstripe",
    prefix: "8888",
    length: 12,
    check: "luhn",
  });
  return { administrator, branches };
}
