import { inventPerson, makeDraw, type Draw, type Person } from "#main/sample/people.ts";
import { branchNames, type BranchName } from "./company.ts";

/** Members are named by their place in the plan. Amounts are in fen; `share` is of what the branch may spend of that member. */
export type Act =
  | { readonly kind: "award"; readonly at: BranchName; readonly member: number; readonly amountFen: number }
  | { readonly kind: "redeem"; readonly at: BranchName; readonly member: number; readonly share: number }
  /** All points that the member has, wherever they are held. */
  | { readonly kind: "overspend"; readonly at: BranchName; readonly member: number }
  | { readonly kind: "undoAward"; readonly at: BranchName; readonly member: number; readonly amountFen: number }
  | { readonly kind: "undoRedemption"; readonly at: BranchName; readonly member: number; readonly share: number }
  /** The card runs through the slot twice, and the award's request comes twice. */
  | { readonly kind: "doubleAward"; readonly at: BranchName; readonly member: number; readonly amountFen: number }
  /** A contract, whose points head office has to approve, and the try to spend them at once. */
  | { readonly kind: "propose"; readonly at: BranchName; readonly member: number; readonly amountFen: number }
  /** A manager approves what was proposed, and what was refused then is redeemed. */
  | { readonly kind: "approve"; readonly at: BranchName; readonly member: number };

export type PlannedMember = Person & { readonly home: BranchName };

/** A day: the lines are whole in the morning, cut for as long as the acts of `outage` take, and whole again in the evening. */
export type DayPlan = {
  readonly seed: number;
  readonly members: readonly PlannedMember[];
  readonly morning: readonly Act[];
  readonly outage: readonly Act[];
  readonly evening: readonly Act[];
};

const other = (branch: BranchName): BranchName => (branch === "A" ? "B" : "A");
const yuan = (from: number, span: number, draw: Draw): number => (from + draw.below(span)) * 100 + draw.oneOf([0, 50, 90]);

/**
 * Draws a day from a seed: who the members are, what they buy, when the lines fail and for how long.
 *
 * Two members are spared the day's chance. All points of the *contested* one are wanted at both branches at once. The *applicant*'s
 * proposal must fit beside the points from the morning into what the home branch may hold (500), so that they can be spent there after
 * the approval without a further question.
 */
export function planDay(seed: number): DayPlan {
  const draw = makeDraw(seed);
  const members = Array.from({ length: 6 + draw.below(7) }, (_, i): PlannedMember => {
    // Both branches have members of their own, whatever the seed.
    const home = branchNames[i] ?? draw.oneOf(branchNames);
    return { ...inventPerson(draw, i), home };
  });
  const [contested = 0, applicant = 0, ...regulars] = shuffled(
    members.map((_, i) => i),
    draw,
  );
  const chance = (most: number): Act[] => Array.from({ length: draw.below(most + 1) }, () => chanceAct(draw, regulars));
  const someone = () => ({ at: draw.oneOf(branchNames), member: draw.oneOf(regulars) });
  const office = members[applicant]?.home ?? "A";

  // Everybody visits both branches: from then on both know them, and both may spend some of their points.
  const firstVisits = members.flatMap(({ home }, member): Act[] => [
    { kind: "award", at: home, member, amountFen: yuan(1_000, 1_500, draw) },
    { kind: "award", at: other(home), member, amountFen: yuan(600, 1_400, draw) },
  ]);
  // Both try for everything, both spend what they hold, and both try for what the other held.
  const overspend = branchNames.map((at): Act => ({ kind: "overspend", at, member: contested }));
  const spendHeld = branchNames.map((at): Act => ({ kind: "redeem", at, member: contested, share: 1 }));
  const contest = [...shuffled(overspend, draw), ...shuffled(spendHeld, draw), ...shuffled(overspend, draw)];
  const inTheDark: Act[] = [
    ...contest,
    ...branchNames.flatMap((at): Act[] => [
      { kind: "award", at, member: draw.oneOf(regulars), amountFen: yuan(50, 3_000, draw) },
      { kind: "redeem", at, member: draw.oneOf(regulars), share: 0.5 },
    ]),
    { kind: "undoAward", ...someone(), amountFen: yuan(200, 2_000, draw) },
    { kind: "undoRedemption", ...someone(), share: 0.4 },
    { kind: "doubleAward", ...someone(), amountFen: yuan(100, 900, draw) },
    { kind: "propose", at: office, member: applicant, amountFen: (80 + draw.below(150)) * 1_000_000 },
    ...chance(14),
  ];
  return {
    seed,
    members,
    morning: [...shuffled(firstVisits, draw), ...chance(8)],
    outage: shuffled(inTheDark, draw).map((act) => (act.member === contested ? (contest.shift() ?? act) : act)),
    evening: shuffled([{ kind: "approve", at: office, member: applicant }, ...chance(6)], draw),
  };
}

function chanceAct(draw: Draw, members: readonly number[]): Act {
  const visit = { at: draw.oneOf(branchNames), member: draw.oneOf(members) };
  return draw.chance(0.6)
    ? { kind: "award", ...visit, amountFen: yuan(30, 2_500, draw) }
    : { kind: "redeem", ...visit, share: draw.oneOf([0.2, 0.5, 0.9]) };
}

/** Fisher and Yates, from the end. */
function shuffled<T>(all: readonly T[], draw: Draw): readonly T[] {
  const result = [...all];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const taken = draw.below(last + 1);
    [result[last], result[taken]] = [result[taken] as T, result[last] as T];
  }
  return result;
}
