import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import { parseAmount, plainFigures } from "../../app/acts/amount.ts";
import { parseDate } from "../../app/acts/typed-date.ts";

/** The approval of a rule, in the order in which a form offers it. */
export const approvals = ["none", "station", "headOffice"] as const satisfies readonly EarningRule["approval"][];

export type RuleFields = Readonly<
  Record<
    | "nameZh"
    | "nameEn"
    | "points"
    | "perYuan"
    | "approval"
    | "validMonths"
    | "inactiveMonths"
    | "budgetPoints"
    | "capPerDay"
    | "opensOn"
    | "closesOn"
    | "basedOn",
    string
  >
>;
export type PlanFields = Readonly<Record<"nameZh" | "nameEn" | "costPoints" | "giftId" | "opensOn" | "closesOn" | "basedOn", string>>;
/** What is published of a version. */
type Terms<Version> = Omit<Version, "version" | "ruleId" | "planId" | "budget">;
/** Of a rule: its budget is said in points, and which item that is head office knows. */
type RuleTerms = EarningRule & { readonly budgetPoints?: number };

/** What a form says: the terms, or the fields that say nothing. */
export type Read<Version, Field extends string> =
  | { readonly ok: true; readonly terms: Terms<Version> }
  | { readonly ok: false; readonly wrong: ReadonlySet<Field> };

const wholeMax = 100_000_000;
const monthsMax = 600;

export function readRule(fields: RuleFields, today: string): Read<RuleTerms, keyof RuleFields> {
  const name = nameOf(fields);
  const points = whole(fields.points, wholeMax);
  const per = parseAmount(fields.perYuan);
  const validMonths = optional(fields.validMonths, (text) => whole(text, monthsMax));
  const inactiveMonths = optional(fields.inactiveMonths, (text) => whole(text, monthsMax));
  const approval = approvals.find((known) => known === fields.approval) ?? "none";
  // What was typed stays in its field, for whoever takes the approval away again.
  const budgetPoints = approval === "none" ? optional(fields.budgetPoints, (text) => whole(text, wholeMax)) : null;
  const capPerDay = approval === "none" ? optional(fields.capPerDay, (text) => whole(text, wholeMax)) : null;
  const closesOn = optional(fields.closesOn, parseDate);
  const dates = datesOf(fields.opensOn, closesOn, today);
  const wrong = new Set<keyof RuleFields>([
    ...name.wrong,
    ...dates.wrong,
    ...(points === undefined ? (["points"] as const) : []),
    ...(per.ok ? [] : (["perYuan"] as const)),
    ...(validMonths === undefined ? (["validMonths"] as const) : []),
    ...(inactiveMonths === undefined ? (["inactiveMonths"] as const) : []),
    ...(budgetPoints === undefined ? (["budgetPoints"] as const) : []),
    ...(capPerDay === undefined ? (["capPerDay"] as const) : []),
  ]);
  const areMonthsUnread = validMonths === undefined || inactiveMonths === undefined;
  const areLimitsUnread = budgetPoints === undefined || capPerDay === undefined;
  if (points === undefined || !per.ok || areMonthsUnread || areLimitsUnread || closesOn === undefined || wrong.size > 0)
    return { ok: false, wrong };
  const terms = { name: name.name, points, perFen: per.amountFen, approval, validMonths, opensOn: dates.opensOn, closesOn };
  const inactive = inactiveMonths !== null && { inactiveMonths };
  const limits = { ...(budgetPoints !== null && { budgetPoints }), ...(capPerDay !== null && { capPerDay }) };
  return { ok: true, terms: { ...terms, ...inactive, ...limits } };
}

export function readPlan(fields: PlanFields, today: string): Read<RedemptionPlan, keyof PlanFields> {
  const name = nameOf(fields);
  const costPoints = whole(fields.costPoints, wholeMax);
  const closesOn = parseDate(fields.closesOn);
  const dates = datesOf(fields.opensOn, closesOn, today);
  const wrong = new Set<keyof PlanFields>([...name.wrong, ...dates.wrong, ...(costPoints === undefined ? (["costPoints"] as const) : [])]);
  if (costPoints === undefined || closesOn === undefined || wrong.size > 0) return { ok: false, wrong };
  return { ok: true, terms: { name: name.name, costPoints, giftId: fields.giftId || null, opensOn: dates.opensOn, closesOn } };
}

function nameOf({ nameZh, nameEn }: Pick<RuleFields, "nameZh" | "nameEn">) {
  const name = { "zh-CN": nameZh.trim(), "en-US": nameEn.trim() };
  const wrong: ("nameZh" | "nameEn")[] = [];
  if (name["zh-CN"] === "") wrong.push("nameZh");
  if (name["en-US"] === "") wrong.push("nameEn");
  return { name, wrong };
}

/** A version opens today at the earliest, and closes on its first day or later. */
function datesOf(opens: string, closesOn: string | null | undefined, today: string) {
  const opensOn = parseDate(opens) ?? "";
  const wrong: ("opensOn" | "closesOn")[] = [];
  if (opensOn < today) wrong.push("opensOn");
  if (closesOn === undefined || (closesOn !== null && closesOn < opensOn)) wrong.push("closesOn");
  return { opensOn, wrong };
}

const optional = <T>(text: string, read: (text: string) => T | undefined): T | null | undefined => (text.trim() === "" ? null : read(text));

/** @returns a whole number from 1 on, full-width figures included; undefined for anything else */
function whole(text: string, max: number): number | undefined {
  const typed = plainFigures(text).replaceAll(",", "");
  const value = /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
  return value >= 1 && value <= max ? value : undefined;
}

/** The form of a next version: a copy of the newest, from today on. */
export const fieldsOfRule = (newest: EarningRule | undefined, today: string): RuleFields => ({
  nameZh: newest?.name["zh-CN"] ?? "",
  nameEn: newest?.name["en-US"] ?? "",
  points: String(newest?.points ?? 1),
  perYuan: String((newest?.perFen ?? 1_000) / 100),
  approval: newest?.approval ?? "none",
  validMonths: newest?.validMonths === undefined || newest.validMonths === null ? "" : String(newest.validMonths),
  inactiveMonths: newest?.inactiveMonths === undefined ? "" : String(newest.inactiveMonths),
  capPerDay: newest?.capPerDay === undefined ? "" : String(newest.capPerDay),
  budgetPoints: newest?.budget === undefined ? "" : String(newest.budget.points),
  opensOn: today,
  closesOn: newest?.closesOn ?? "",
  basedOn: String(newest?.version ?? 0),
});

export const fieldsOfPlan = (newest: RedemptionPlan | undefined, today: string): PlanFields => ({
  nameZh: newest?.name["zh-CN"] ?? "",
  nameEn: newest?.name["en-US"] ?? "",
  costPoints: newest === undefined ? "" : String(newest.costPoints),
  giftId: newest?.giftId ?? "",
  opensOn: today,
  closesOn: newest?.closesOn ?? "",
  basedOn: String(newest?.version ?? 0),
});
