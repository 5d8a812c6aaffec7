import type { JournalLine } from "#shared/contracts/points.ts";
import type { ShiftLinesInput, ShiftView } from "#shared/contracts/shift.ts";
import { figureOf } from "#shared/domain/shift/figures.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { viewLine } from "#main/app/points/journal-line.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { openShift } from "./open-shift.ts";
import { viewOpenShift } from "./view-shift.ts";

/** The shift that is open at this station. */
export const makeCurrentShift =
  ({ store, clock }: Ports) =>
  (): ShiftView =>
    store.read((view) => viewOpenShift(view, clock.businessDate(), openShift(view)));

/** The entries behind one of its figures. */
export const makeShiftLines =
  ({ store, clock }: Ports) =>
  ({ figure, staffId }: ShiftLinesInput, by: Operator): JournalLine[] =>
    store.read((view) =>
      openShift(view)
        .entries.filter((entry) => figureOf(entry) === figure && (staffId === null || entry.by === staffId))
        .map(({ op }) => viewLine(view, clock, by, op)),
    );
