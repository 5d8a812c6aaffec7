import type { PublishedPlan, PublishedRule } from "#shared/contracts/acts/publications.ts";
import { inForce, isOpenOn } from "#shared/domain/publications/in-force.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

type Version = PublishedRule | PublishedPlan;

/** What a version promises, in one line. */
export function termsOf(version: Version, { t, money, number }: Texts): string {
  if (!("perFen" in version)) return t("rules.cost", { points: number(version.costPoints) });
  const terms = t("rules.terms", { per: money(version.perFen), points: version.points });
  const { inactiveMonths, capPerDay, budget } = version;
  return [
    terms,
    ...(inactiveMonths === undefined ? [] : [t("rules.terms.inactive", { months: inactiveMonths })]),
    ...(capPerDay === undefined ? [] : [t("rules.terms.cap", { points: number(capPerDay) })]),
    ...(budget === undefined ? [] : [t("rules.terms.budget", { points: number(budget.points) })]),
  ].join(" · ");
}

/** What became of a campaign's budget; undefined for a rule or plan without one. */
export function budgetOf(version: Version, { t, number }: Texts): string | undefined {
  if (!("perFen" in version) || !version.budget || !version.budgetLeft) return undefined;
  const { inPool, atCounters } = version.budgetLeft;
  return t("rules.budget.left", {
    points: number(version.budget.points),
    used: number(version.budget.points - inPool - atCounters),
    inPool: number(inPool),
    atCounters: number(atCounters),
  });
}

export const periodOf = ({ opensOn, closesOn }: Version, { t, date }: Texts): string =>
  closesOn === null ? t("rules.from", { from: date(opensOn) }) : t("rules.fromTo", { from: date(opensOn), to: date(closesOn) });

/** How a rule or plan stands today, by the version that counts. */
export function stateOf(versions: readonly Version[], today: string, { t, date }: Texts): string {
  const current = inForce(versions, today);
  if (current && isOpenOn(current, today)) return t("rules.state.open");
  const [first] = versions.filter(({ opensOn }) => opensOn > today).toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1));
  return first ? t("rules.state.coming", { date: date(first.opensOn) }) : t("rules.state.closed");
}
