import type { TierExplanation } from "#shared/contracts/tiers.ts";
import { windowOf, lastDayOf } from "#shared/domain/tiers/months.ts";
import type { TierEvaluation } from "#shared/domain/tiers/tier-record.ts";
import type { TierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { standingOf, tierFactorHere, tierName } from "./view-tier.ts";

/** Takes a tier apart: which purchases were counted, what it takes, and how it came about. */
export const makeExplainTier =
  ({ store, clock }: Ports) =>
  ({ memberId }: { memberId: string }): Result<TierExplanation | null, { code: "MEMBER_NOT_FOUND" }> =>
    store.read((view) => {
      if (!view.members.find(memberId) && !view.directory.find(memberId)) return err({ code: "MEMBER_NOT_FOUND" });
      const standing = standingOf(view, memberId);
      const [newest] = standing?.evaluations ?? [];
      const scheme = newest && schemeOf(view, newest);
      if (!standing || !newest || !scheme) return ok(null);
      const place = scheme.tiers.findIndex(({ tierId }) => tierId === standing.tierId);
      const [tier, above] = [scheme.tiers[place], scheme.tiers[place + 1]];
      return ok({
        tier: nameOf(view, standing.tierId),
        measure: scheme.measure,
        window: scheme.window,
        ...windowOf(scheme.window, newest.period),
        measured: newest.measured,
        reachedFrom: tier?.from ?? null,
        keptFrom: tier?.keep ?? null,
        factorPercent: tierFactorHere(view, memberId, clock.businessDate())?.percent ?? null,
        next: above ? { name: above.name, from: above.from } : null,
        purchases: standing.purchases,
        earlier: standing.earlier,
        history: standing.evaluations.map((evaluation) => viewEvaluation(view, evaluation)),
      });
    });

const schemeOf = (view: Reading, { schemeVersion }: TierEvaluation): TierScheme | undefined =>
  view.tiers.schemes().find(({ version }) => version === schemeVersion);

const nameOf = (view: Reading, tierId: string | null) => (tierId === null ? null : tierName(view, tierId));

function viewEvaluation(view: Reading, evaluation: TierEvaluation): TierExplanation["history"][number] {
  const { period, measured, before, tierId, outcome, evaluatedOn, isRecomputed, without } = evaluation;
  return {
    until: lastDayOf(period),
    measure: schemeOf(view, evaluation)?.measure ?? "points",
    measured,
    before: nameOf(view, before),
    tier: nameOf(view, tierId),
    outcome,
    evaluatedOn,
    isRecomputed,
    without: without.map((branchId) => branchName(view, branchId)),
  };
}
