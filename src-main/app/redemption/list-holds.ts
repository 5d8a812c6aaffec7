import type { HoldView } from "#shared/contracts/redemption.ts";
import { nameOfPlan } from "#main/app/points/journal-line.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import type { HoldRecord } from "#shared/domain/redemption/hold.ts";

/** What this branch holds, oldest first: that one has waited longest for a word. */
export const makeListHolds =
  ({ store }: Ports) =>
  (): { holds: HoldView[] } =>
    store.read((view) => ({
      holds: view.holds
        .open()
        .toSorted((a, b) => a.atMs - b.atMs)
        .map((hold) => viewHold(view, hold)),
    }));

function viewHold(view: Reading, hold: HoldRecord): HoldView {
  const { holdId, memberId, points, quantity, taker, atMs } = hold;
  const member = view.members.find(memberId);
  const line = member ? undefined : view.directory.find(memberId);
  const own = view.identity();
  return {
    holdId,
    memberId,
    memberNumber: member?.memberNumber ?? line?.memberNumber ?? "",
    name: member?.name ?? line?.nameMasked ?? "",
    points,
    planName: nameOfPlan(view, hold),
    quantity,
    taker,
    atMs,
    by: view.staff.find(hold.by)?.displayName ?? null,
    where: hold.heldBy === own?.incarnation ? "here" : hold.replica === own?.replica ? "earlierLife" : "otherCounter",
  };
}
