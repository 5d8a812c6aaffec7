import type { ClosedShift, ShiftView } from "#shared/contracts/shift.ts";
import { redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { figuresByPerson, totalOf } from "#shared/domain/shift/figures.ts";
import { shiftClose } from "#shared/domain/shift/ops.ts";
import { nameOfPlan } from "#main/app/points/journal-line.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import type { OpenShift, ShiftEntry } from "./open-shift.ts";

/** The open shift as its page shows it. */
export function viewOpenShift(view: Reading, businessDate: string, { before, entries }: OpenShift): ShiftView {
  const waiting = view.exchange.waiting();
  const people = figuresByPerson(entries.toReversed());
  return {
    businessDate,
    sinceMs: entries.at(-1)?.op.body.at ?? null,
    upTo: entries[0]?.op.opId ?? null,
    people: people.map(({ staffId, figures }) => ({ staffId, name: nameOf(view, staffId), figures })),
    total: totalOf(people),
    gifts: giftsOf(entries).map((gift) => viewGift(view, gift)),
    unsent: { waiting: waiting.operations, oldestMs: waiting.oldestMs, quarantined: waiting.quarantined },
    before: before ? { closedAtMs: before.body.at, closedBy: nameOf(view, before.body.by) } : null,
  };
}

/** A closed shift as it was written down, the same whenever it is asked for. */
export function viewClosedShift(view: Reading, op: LoggedOperation): ClosedShift {
  const { businessDate, sinceMs, upTo, people, gifts, unsent } = shiftClose.data.parse(op.body.d);
  const shift: ShiftView = {
    businessDate,
    sinceMs,
    upTo,
    people: people.map(({ staffId, figures }) => ({ staffId, name: nameOf(view, staffId), figures })),
    total: totalOf(people),
    gifts: gifts.map((gift) => viewGift(view, gift)),
    unsent: { ...unsent, oldestMs: null },
    before: null,
  };
  return { shiftId: op.opId, closedAtMs: op.body.at, closedBy: nameOf(view, op.body.by), shift };
}

const nameOf = (view: Reading, staffId: string): string => view.staff.find(staffId)?.displayName ?? staffId;

type HandedOut = { readonly planId: string; readonly planVersion: number; readonly pieces: number };

const viewGift = (view: Reading, gift: HandedOut): ShiftView["gifts"][number] => ({
  planId: gift.planId,
  name: nameOfPlan(view, gift),
  pieces: gift.pieces,
});

/** What went over the counter and stayed there, by plan. */
export function giftsOf(entries: readonly ShiftEntry[]): readonly HandedOut[] {
  const pieces = new Map<string, HandedOut>();
  for (const { op, isUndone } of entries) {
    const redeemed = isUndone ? undefined : redemptionOf(op);
    if (!redeemed) continue;
    const { planId, planVersion, quantity } = redeemed;
    const key = `${planId}/${planVersion}`;
    pieces.set(key, { planId, planVersion, pieces: (pieces.get(key)?.pieces ?? 0) + quantity });
  }
  return [...pieces.values()];
}
