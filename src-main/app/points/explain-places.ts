import { hasLapsed } from "#shared/domain/ledger/lots.ts";
import { lotsHeld, viewBalance } from "#main/app/members/member-view.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { blank, type Line } from "./explanation-line.ts";

/** Where the points lie, less what is owed: together the balance, so that a clerk can say why not all of it is usable here. */
export function placeLines(view: Reading, memberId: string, today: string): Line[] {
  const { spendableHere, shared, atHeadOffice, atOtherBranches, held, heldElsewhere, setAside, debt } = viewBalance(view, memberId, today);
  const lines: Line[] = [
    { ...blank, kind: "placeHere", points: spendableHere - (shared?.spendableHere ?? 0) },
    { ...blank, kind: "placeHeadOffice", points: atHeadOffice },
    ...atOtherBranches.map(({ branch, points }): Line => ({ ...blank, kind: "placeBranch", points, detail: branch })),
    ...held.map(({ holdId, points, taker, sinceMs }): Line => {
      return { ...blank, kind: "hold", points, detail: taker, opId: holdId, atMs: sinceMs };
    }),
    ...heldElsewhere.map(({ branch, points }): Line => ({ ...blank, kind: "placeHeldAt", points, detail: branch })),
    ...setAside.map(({ branch, points }): Line => ({ ...blank, kind: "placeSetAside", points, detail: branch })),
    { ...blank, kind: "debt", points: -debt },
  ];
  return lines.filter(({ points }) => points !== 0);
}

/** What the member contributed to pools that they have left, and a branch has not handed back yet. */
export const leftLines = (view: Reading, memberId: string, today: string): Line[] =>
  viewBalance(view, memberId, today).leftInPools.map(({ pool, branch, points }) => ({
    ...blank,
    kind: "leftInPool",
    points,
    detail: `${pool} · ${branch}`,
  }));

/** How many points last until when, soonest first; those that last for ever stand at the end. */
export function expiryLines(view: Reading, memberId: string, today: string): Line[] {
  const pointsByDay = new Map<string | null, number>();
  for (const { points, expiresOn } of lotsHeld(view, memberId))
    if (points > 0 && !hasLapsed({ expiresOn }, today)) pointsByDay.set(expiresOn, (pointsByDay.get(expiresOn) ?? 0) + points);
  return [...pointsByDay]
    .toSorted(([a], [b]) => (a ?? neverExpires).localeCompare(b ?? neverExpires))
    .map(([expiresOn, points]) => ({ ...blank, kind: "lotsOfDay", points, expiresOn }));
}

/** Sorts behind every day on which points expire. */
const neverExpires = "9999-12-31";
