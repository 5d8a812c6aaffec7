import type { Explanation } from "#shared/contracts/points.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { pointsAward, type AwardData } from "#shared/domain/earning/ops.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { hasLapsed, sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";
import type { PoolShare } from "#shared/domain/pools/pool.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { LapseRow } from "#main/app/members/lapsed.ts";
import { lotsOfPool, poolOf, viewShared } from "#main/app/pools/shared-points.ts";
import { tierName } from "#main/app/tiers/view-tier.ts";
import { capFacts } from "./cap-facts.ts";
import { expiryLines, leftLines, placeLines } from "./explain-places.ts";
import { blank, type Line } from "./explanation-line.ts";
import { branchName, holdsOf, otherNumbers, viewLapsed } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";

type Request = { memberId: string; figure: Explanation["figure"] };

/** A question at the counter is about one of the last purchases. */
const awardsLooked = 20;

/** Takes one number of the member pane apart; the lines add up to it, whatever they say. */
export const makeExplain =
  ({ store, clock }: Ports) =>
  ({ memberId, figure }: Request): Result<Explanation, { code: "MEMBER_NOT_FOUND" }> =>
    store.read((view) => {
      if (!view.members.find(memberId) && !view.directory.find(memberId)) return err({ code: "MEMBER_NOT_FOUND" });
      const lines = {
        balance: balanceLines,
        spendableHere: lotLines,
        places: placeLines,
        shared: sharedLines,
        leftInPools: leftLines,
        held: holdLines,
        proposed: proposalLines,
        lapsed: lapseLines,
        expiry: expiryLines,
      }[figure](view, memberId, clock.businessDate());
      const total = sumPoints(lines);
      return ok({ figure, total, asOfMs: view.balances.find(memberId)?.asOfMs ?? null, lines });
    });

function balanceLines(view: Reading, memberId: string, today: string): Line[] {
  const heard = view.balances.find(memberId);
  const figure: Line[] = heard ? [{ ...blank, kind: "headOfficeFigure", points: heard.record.balance, atMs: heard.asOfMs }] : [];
  return [
    ...figure,
    ...mergedLines(view, memberId),
    ...view.balances.notExchanged(memberId).map(({ op, change }) => ({
      ...blank,
      kind: "notExchangedYet" as const,
      points: change,
      atMs: op.body.at,
      opId: op.opId,
      detail: receiptNumberOf(op),
    })),
    ...awardLines(view, memberId),
    ...cutLines(view, memberId),
    ...capLines(view, memberId),
    // Head office still counts them, since a branch that it has not heard of may have spent some.
    ...viewLapsed(view, memberId, today).unconfirmed.map((lot) => ({
      ...blank,
      kind: "lapseWaits" as const,
      points: -lot.points,
      expiresOn: lot.expiresOn,
    })),
  ];
}

/** Why a purchase gave more than its rule says, the member having a tier; and what of it is in the pool instead. */
const awardLines = (view: Reading, memberId: string): Line[] =>
  view.operations.list({ memberId, types: [pointsAward.type], limit: awardsLooked }).flatMap((op): Line[] => {
    const award = dataOf(op, pointsAward);
    if (!award || view.operations.undoOf(op.opId) !== undefined) return [];
    const line = { ...blank, points: 0, atMs: op.body.at, opId: op.opId, detail: award.purchase.receiptNumber };
    const [tier, pool] = [tierLine(view, award), poolLine(view, award.pool)];
    return [
      ...(tier ? [{ ...line, kind: "tierFactor" as const, tier }] : []),
      ...(pool ? [{ ...line, kind: "poolShare" as const, pool }] : []),
    ];
  });

function tierLine(view: Reading, { tier, ruleId, ruleVersion, purchase }: AwardData): Line["tier"] {
  const rule = view.rules.all().find((each) => each.ruleId === ruleId && each.version === ruleVersion);
  return tier && rule ? { name: tierName(view, tier.tierId), percent: tier.percent, byRule: pointsFor(rule, purchase.amountFen) } : null;
}

const poolLine = (view: Reading, pool: PoolShare | undefined): Line["pool"] =>
  pool ? { name: view.pools.find(pool.poolId)?.name ?? "", points: pool.points } : null;

/** Why a purchase under a campaign gave less than its rule says: the share of this counter had no more. */
const cutLines = (view: Reading, memberId: string): Line[] =>
  view.operations.list({ memberId, types: [pointsAward.type], limit: awardsLooked }).flatMap((op) => {
    const { budget, purchase } = dataOf(op, pointsAward) ?? {};
    const isCut = budget !== undefined && budget.cut > 0 && view.operations.undoOf(op.opId) === undefined;
    return isCut
      ? [{ ...blank, kind: "budgetUsedUp" as const, points: 0, atMs: op.body.at, opId: op.opId, detail: purchase?.receiptNumber ?? null }]
      : [];
  });

/** Why a purchase gave less than its rule says, the day's cap being reached; or gave more, since another counter had reached it, too. */
const capLines = (view: Reading, memberId: string): Line[] =>
  view.operations.list({ memberId, types: [pointsAward.type], limit: awardsLooked }).flatMap((op): Line[] => {
    const { cap, purchase, ruleId, earnedOn } = dataOf(op, pointsAward) ?? {};
    if (!cap || ruleId === undefined || earnedOn === undefined || view.operations.undoOf(op.opId) !== undefined) return [];
    const line = { ...blank, points: 0, atMs: op.body.at, opId: op.opId, detail: purchase?.receiptNumber ?? null };
    if (op.stateCode === "CAP_EXCEEDED")
      return [{ ...line, kind: "capExceeded", elsewhere: capFacts(view, memberId, ruleId, earnedOn).elsewhere }];
    return cap.cut > 0 ? [{ ...line, kind: "capReached", elsewhere: cap.elsewhere }] : [];
  });

/** Head office's figure counts what the person has under every number. */
const mergedLines = (view: Reading, memberId: string): Line[] =>
  otherNumbers(view, memberId).map((memberNumber) => ({ ...blank, kind: "mergedWith", points: 0, detail: memberNumber }));

function lapseKind({ what, forWantOfVisits, served }: LapseRow): Line["kind"] {
  if (what === "exchanged") return "lapseExchanged";
  if (what === "restored") return served ? "lapseServed" : "lapseRestored";
  return forWantOfVisits ? "lapseInactive" : "lapseExpired";
}

/** The branches that head office did not wait for, or the one where the member had been in time. */
function lapseBranches(view: Reading, { without, served }: LapseRow): string | null {
  const branchIds = served ? [served.branchId].filter((branchId) => branchId !== null) : without;
  return branchIds.length > 0 ? branchIds.map((branchId) => branchName(view, branchId)).join(" · ") : null;
}

/** What lapsed on the latest day: what is gone counts up, what the member got for it counts down. */
function lapseLines(view: Reading, memberId: string, today: string): Line[] {
  const { unconfirmed, rows, shown } = viewLapsed(view, memberId, today);
  const waiting = unconfirmed.filter(({ expiresOn }) => expiresOn === shown?.lapsedOn);
  return [
    ...waiting.map(({ points, expiresOn }) => ({ ...blank, kind: "lapseWaits" as const, points, expiresOn })),
    ...rows
      .filter(({ points, withdrawn }) => points > withdrawn)
      .toReversed()
      .map((row) => ({
        ...blank,
        kind: lapseKind(row),
        points: row.what === "expired" ? row.points : row.withdrawn - row.points,
        opId: row.lapseId,
        expiresOn: row.newLot ? row.newLot.expiresOn : row.lapsedOn,
        spentOn: row.served?.on ?? row.spentOn,
        detail: lapseBranches(view, row),
        reason: row.reason ?? null,
      })),
  ];
}

function lotLines(view: Reading, memberId: string, today: string): Line[] {
  const line = (lot: HeldLot, kind: Line["kind"], points: number): Line => ({
    ...blank,
    kind,
    points,
    opId: lot.lotId,
    expiresOn: lot.expiresOn,
  });
  // A lapsed lot is shown with nothing in it: the question at the counter is where the points went.
  const own = view.rights.of(memberId).map((lot) => (hasLapsed(lot, today) ? line(lot, "lotLapsed", 0) : line(lot, "lotHere", lot.points)));
  const pool = poolOf(view, memberId);
  const ofPool = pool ? lotsOfPool(view, pool.poolId).filter((lot) => !hasLapsed(lot, today)) : [];
  return [...own, ...ofPool.map((lot) => ({ ...line(lot, "lotOfPool", lot.points), detail: pool?.name ?? null }))];
}

/** What the pool has: head office's figure, and what this station took from it since. */
function sharedLines(view: Reading, memberId: string, today: string): Line[] {
  const pool = poolOf(view, memberId);
  const shared = viewShared(view, memberId, today);
  if (!pool || !shared) return [];
  const change = view.pools.notExchanged(pool.poolId);
  return [
    { ...blank, kind: "poolFigure", points: shared.balance - change, detail: pool.name },
    ...(change === 0 ? [] : [{ ...blank, kind: "notExchangedYet" as const, points: change }]),
  ];
}

const holdLines = (view: Reading, memberId: string): Line[] =>
  holdsOf(view, memberId).map(({ holdId, points, taker, atMs }) => ({
    ...blank,
    kind: "hold",
    points,
    atMs,
    opId: holdId,
    detail: taker.name,
  }));

function proposalLines(view: Reading, memberId: string): Line[] {
  return view.proposals
    .all()
    .filter((proposal) => proposal.state === "open" && view.members.namesOf(memberId).includes(proposal.memberId))
    .map((proposal) => ({
      ...blank,
      kind: "proposal",
      points: proposal.points,
      atMs: proposal.proposedAtMs,
      opId: proposal.proposalId,
      detail: proposal.receiptNumber,
      pool: poolLine(view, proposal.pool),
    }));
}

const receiptNumberOf = (op: LoggedOperation): string | null => dataOf(op, pointsAward)?.purchase.receiptNumber ?? null;
