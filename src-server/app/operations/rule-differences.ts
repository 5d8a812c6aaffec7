import { pointsProposeDifference, pointsReverseRest, type AwardData, type VoidAwardData } from "#shared/domain/earning/ops.ts";
import { proposalDecide } from "#shared/domain/earning/proposal-ops.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { underNewerRule } from "#shared/domain/earning/newer-rule.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { shareOf, type PoolShare } from "#shared/domain/pools/pool.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import { headOfficeItself } from "./own-operations.ts";
import { poolMemberOf, reverseContribution } from "./pools.ts";
import { factorKnown } from "./tier-factors.ts";
import type { Work } from "./work.ts";

/**
 * The price on the screen is the price: an award stands as it was made, and what a newer rule or a tier that the station had not heard of gives
 * beyond it is for somebody to decide.
 */
export async function proposeDifference(
  { books, own }: Work,
  { opId, body }: Operation,
  award: AwardData,
  eventDate: string,
): Promise<void> {
  const { memberId, purchase, ruleId, ruleVersion, points, earnedOn } = award;
  const versions = books.records
    .ofKind("rule")
    .map(({ doc }) => earningRule.parse(doc))
    .filter((rule) => rule.ruleId === ruleId);
  const used = versions.find(({ version }) => version === ruleVersion);
  // An award that its own rule does not explain is looked at by a person before anything is added to it.
  if (!used || pointsFor(used, purchase.amountFen, award.tier?.percent) !== points) return;
  const tier = factorKnown(books, memberId, eventDate);
  const newer = underNewerRule(versions, {
    ruleVersion,
    amountFen: purchase.amountFen,
    date: eventDate,
    percent: award.tier?.percent,
    percentKnown: tier?.percent,
  });
  // Under a budget a purchase gives what the counter's share gave, and nothing is added past it.
  if (!newer || newer.points <= points || newer.rule.budget) return;
  const { version, validMonths } = newer.rule;
  const difference = newer.points - points;
  const pool = shareOfDifference(books, award, difference);
  await own.write(pointsProposeDifference, {
    by: headOfficeItself,
    d: {
      awardOpId: opId,
      memberId,
      purchase,
      ruleId,
      ruleVersion: version,
      points: difference,
      earnedOn,
      expiresOn: validMonths === null ? null : addMonths(earnedOn, validMonths),
      awardedBy: body.by,
      ...(tier && { tier }),
      ...(pool && { pool }),
    },
  });
}

/** An award that gave a share to its member's pool shares its difference, too: so that both together give what one award would have given. */
function shareOfDifference(
  books: Work["books"],
  { memberId, points, pool, earnedOn }: AwardData,
  difference: number,
): PoolShare | undefined {
  const member = poolMemberOf(books, memberId);
  if (!pool || member?.poolId !== pool.poolId) return undefined;
  const missing = (shareOf(member, points + difference, earnedOn)?.points ?? 0) - pool.points;
  return missing > 0 ? { poolId: pool.poolId, points: Math.min(missing, difference) } : undefined;
}

/** An award that is undone takes its difference along: an open one is closed, a granted one goes back like the award's own rest. */
export async function takeBackDifference(
  work: Work,
  voidOpId: string,
  { undoes, memberId }: Pick<VoidAwardData, "undoes" | "memberId">,
): Promise<void> {
  const { books, own } = work;
  const proposals = books.records.ofKind("proposal").map(({ doc }) => proposalRecord.parse(doc));
  const difference = proposals.find(({ differenceOf }) => differenceOf === undoes);
  if (!difference || difference.state === "rejected") return;
  const { proposalId, points, state } = difference;
  if (state === "open") {
    await own.write(proposalDecide, { by: headOfficeItself, d: { proposalId, memberId, decision: "reject", lot: null } });
    return;
  }
  const left = points - (await reverseContribution(work, proposalId, memberId, points));
  const fromPool = Math.min(left, books.amount(proposalId, "POOL"));
  await own.write(pointsReverseRest, {
    by: headOfficeItself,
    d: { voidOpId, lotId: proposalId, memberId, fromPool, asDebt: left - fromPool },
  });
}
