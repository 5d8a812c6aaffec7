import { must, type Invariant } from "./invariant.ts";

/** What holds of campaigns that may give so many points and no more. */
export const budgets: readonly Invariant[] = [
  {
    id: "I5-budget",
    says: "All counters together never give more than a campaign's budget, but for what was given back at a risk.",
    async check({ world: { books, model } }) {
      const given = model.givenFromBudget;
      const [returned, atRisk] = [await books.returnedToBudgets(), await books.givenBack()];
      for (const { lotId, points: budget } of await books.lots([...given.keys()])) {
        const net = (given.get(lotId) ?? 0) - (returned.get(lotId) ?? 0);
        const most = budget + (atRisk.get(lotId) ?? 0);
        must(net <= most, `of a budget of ${budget} points ${net} were given, and at most ${most} could be`);
      }
    },
  },
];
