import type { JournalLine } from "#shared/contracts/points.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { journalTypes, viewLine } from "./journal-line.ts";

const linesMax = 200;

/** What this station did today, newest first, and which of it the signed-in person may still undo. */
export const makeJournal =
  ({ store, clock }: Ports) =>
  (by: Operator): JournalLine[] =>
    store.read((view) =>
      view.operations
        .list({ businessDate: clock.businessDate(), types: journalTypes, limit: linesMax })
        .map((op) => viewLine(view, clock, by, op)),
    );
