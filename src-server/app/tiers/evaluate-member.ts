import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { tierOf, type Work } from "#server/app/operations/work.ts";
import type { MemberPurchase } from "#server/app/ports/tier-store.ts";
import { decideTier, noStanding, type Standing, type TierDecision } from "#shared/domain/tiers/decide-tier.ts";
import { counts, mayLowerIn } from "#shared/domain/tiers/months.ts";
import { tierEvaluate } from "#shared/domain/tiers/ops.ts";
import { highestOf, withEvaluation, type TierEvaluation, type TierRecord } from "#shared/domain/tiers/tier-record.ts";
import type { TierScheme } from "#shared/domain/tiers/tier-scheme.ts";

/** What an evaluation is about: one month, under the scheme that was in force at its end. */
export type Month = {
  readonly month: string;
  readonly scheme: TierScheme;
  /** Branches for which head office did not wait. */
  readonly without: readonly string[];
};

/** Evaluates a person for a month that is over, once. */
export async function evaluateMember(work: Work, memberId: string, month: Month, purchases: readonly MemberPurchase[]): Promise<void> {
  const held = standingOf(work, memberId);
  if (held?.evaluations.some(({ period }) => period >= month.month)) return;
  const counted = countIn(month, purchases);
  const before = held ?? noStanding;
  const decision = decideTier(month.scheme, { before, measured: counted.measured, mayLower: mayLowerIn(month.scheme.window, month.month) });
  // Of somebody who never had a tier there is nothing to say every month.
  if (decision.outcome === "none") return;
  if (decision.outcome === "kept" && !mayLowerIn(month.scheme.window, month.month)) return;
  await write(work, memberId, { month, before: before.tierId, decision, counted, isRecomputed: false });
}

/**
 * Evaluates a person anew for a month, after something of it was heard late. It raises, and never lowers: what the member was told stays.
 */
export async function reevaluateMember(work: Work, memberId: string, month: Month, purchases: readonly MemberPurchase[]): Promise<void> {
  const held = standingOf(work, memberId);
  const counted = countIn(month, purchases);
  const decision = decideTier(month.scheme, {
    before: standingBefore(month, held),
    measured: counted.measured,
    mayLower: mayLowerIn(month.scheme.window, month.month),
  });
  if (decision.rank <= (held?.rank ?? 0)) return;
  const raised: TierDecision = { ...decision, outcome: "raised" };
  await write(work, memberId, { month, before: held?.tierId ?? null, decision: raised, counted, isRecomputed: true });
}

const standingOf = ({ books }: Work, memberId: string): TierRecord | undefined =>
  highestOf(books.namesOf(memberId).flatMap((name) => tierOf(books, name) ?? []));

/** Where the member stood when that month was evaluated; as now, where that is not known any more. */
function standingBefore({ month, scheme }: Month, held: TierRecord | undefined): Standing {
  const first = held?.evaluations.findLast(({ period }) => period === month);
  if (!held || !first) return held ?? noStanding;
  const rank = scheme.tiers.findIndex(({ tierId }) => tierId === first.before) + 1;
  return { tierId: first.before, rank };
}

type Counted = { readonly measured: number; readonly purchases: Parameters<typeof withEvaluation>[2]["purchases"] };

function countIn({ month, scheme: { measure, window } }: Month, purchases: readonly MemberPurchase[]): Counted {
  const counted = purchases
    .filter(({ on }) => counts(window, month, on))
    .map(({ lotId, receiptNumber, on, points, amountFen }) => ({
      lotId,
      receiptNumber,
      on,
      counted: measure === "points" ? points : amountFen,
    }));
  return {
    measured: Math.max(
      0,
      counted.reduce((sum, purchase) => sum + purchase.counted, 0),
    ),
    purchases: counted,
  };
}

type Evaluated = {
  readonly month: Month;
  readonly before: string | null;
  readonly decision: TierDecision;
  readonly counted: Counted;
  readonly isRecomputed: boolean;
};

/** Under every name of the person: should two who were taken for one be parted again, each keeps what they were told. */
async function write({ books, own, today }: Work, memberId: string, { month, before, decision, counted, isRecomputed }: Evaluated) {
  const { tierId, outcome, rank } = decision;
  const evaluation: TierEvaluation = {
    period: month.month,
    schemeVersion: month.scheme.version,
    measured: counted.measured,
    before,
    tierId,
    outcome,
    evaluatedOn: today,
    isRecomputed,
    without: [...month.without],
  };
  const history = highestOf(books.namesOf(memberId).flatMap((name) => tierOf(books, name) ?? []));
  for (const name of books.namesOf(memberId)) {
    const record = withEvaluation(name, history, { rank, evaluation, purchases: counted.purchases });
    await own.write(tierEvaluate, { by: headOfficeItself, d: record });
  }
}
