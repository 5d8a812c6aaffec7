import { shiftClose } from "#shared/domain/shift/ops.ts";
import type { ShiftLine } from "#shared/domain/shift/figures.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { journalTypes, kindOf } from "#main/app/points/journal-line.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";

/** More than a counter writes between two closes; a station that never closes one looks at its newest. */
const entriesMax = 20_000;

export type ShiftEntry = ShiftLine & { readonly op: LoggedOperation };

export type OpenShift = {
  /** The last close at this station. */
  readonly before: LoggedOperation | undefined;
  /** Newest first. */
  readonly entries: readonly ShiftEntry[];
};

/**
 * What this station wrote since the last close, as far as people know it as entries.
 *
 * @param upTo the newest entry to look at; left out, the newest there is
 */
export function openShift(view: Reading, upTo?: LoggedOperation): OpenShift {
  const before = view.shift.last();
  const last = before && dataOf(before, shiftClose)?.upTo;
  const after = last === undefined ? 0 : (view.operations.find(last)?.seq ?? 0);
  const until = upTo?.seq ?? Number.MAX_SAFE_INTEGER;
  const operations = view.operations.list({ types: journalTypes, between: { after, until }, limit: entriesMax });
  return {
    before,
    entries: operations.map((op) => ({
      op,
      kind: kindOf(op),
      by: op.body.by,
      points: signedPoints(op),
      isUndone: isUndone(view, op, until),
    })),
  };
}

/** What was undone only after the shift ended belongs to it as it was. */
function isUndone(view: Reading, op: LoggedOperation, until: number): boolean {
  const undo = view.operations.undoOf(op.opId);
  return undo !== undefined && (view.operations.find(undo)?.seq ?? 0) <= until;
}
