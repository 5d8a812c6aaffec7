import type { EarningRuleView } from "#shared/contracts/points.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import { sumPoints } from "#shared/domain/ledger/lots.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { currentRules } from "./current-rules.ts";
import { counterDays, isSurelyOpen } from "./sure-day.ts";

export function viewRule(
  { rights }: Pick<Reading, "rights">,
  { opensOn: _from, closesOn: _to, inactiveMonths, budget, capPerDay, ...rule }: EarningRule,
): EarningRuleView {
  return {
    ...rule,
    inactiveMonths: inactiveMonths ?? null,
    capPerDay: capPerDay ?? null,
    budgetHere: budget ? sumPoints(rights.of(budget.itemId)) : null,
  };
}

/** A campaign that may be used up is chosen, and never what a purchase earns under by itself. */
const rankOf = ({ approval, budget }: EarningRule): number => (approval !== "none" ? 2 : budget ? 1 : 0);

/** The rules that a purchase of today can earn under; those that take effect at once come first, being what a counter mostly does. */
export const makeListRules =
  ({ store, clock }: Ports) =>
  (): EarningRuleView[] =>
    store.read((view) => {
      const days = counterDays(view, clock);
      return currentRules(view.rules.all(), days.today)
        .filter((rule) => isSurelyOpen(rule, days))
        .toSorted((a, b) => rankOf(a) - rankOf(b))
        .map((rule) => viewRule(view, rule));
    });
