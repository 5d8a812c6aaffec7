import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { shiftFigures } from "#shared/domain/shift/figures.ts";
import { atStation } from "./base.ts";
import { date, instantMs, nothing, requestId } from "./common.ts";
import { journalLine } from "./points.ts";
import { refusals } from "./refusals.ts";

const figures = z.record(z.enum(shiftFigures), z.strictObject({ count: z.int().nonnegative(), points: z.int() }));

const shiftView = z.strictObject({
  businessDate: date,
  /** The first entry; null while there is none. */
  sinceMs: instantMs.nullable(),
  /** The newest entry that the figures contain; null while there is none. */
  upTo: z.string().nullable(),
  people: z.array(z.strictObject({ staffId: z.string(), name: z.string(), figures })),
  total: figures,
  gifts: z.array(z.strictObject({ planId: z.string(), name: localName.nullable(), pieces: z.int().positive() })),
  unsent: z.strictObject({
    waiting: z.int().nonnegative(),
    oldestMs: instantMs.nullable(),
    quarantined: z.int().nonnegative(),
  }),
  /** The shift before it. */
  before: z.strictObject({ closedAtMs: instantMs, closedBy: z.string() }).nullable(),
});
export type ShiftView = z.infer<typeof shiftView>;

const closeShiftInput = z.strictObject({
  requestId,
  /** `upTo` of the figures that the person saw: what came in since is of the next shift. */
  upTo: z.string(),
});
export type CloseShiftInput = z.infer<typeof closeShiftInput>;

const closedShift = z.strictObject({ shiftId: z.string(), closedAtMs: instantMs, closedBy: z.string(), shift: shiftView });
export type ClosedShift = z.infer<typeof closedShift>;

const shiftLinesInput = z.strictObject({
  figure: z.enum(shiftFigures),
  /** Null for everybody's. */
  staffId: z.string().nullable(),
});
export type ShiftLinesInput = z.infer<typeof shiftLinesInput>;

/** Everything this station wrote since the last close, whoever wrote it. */
export const shift = {
  current: atStation.input(nothing).output(shiftView),
  /** The entries behind one figure of the open shift, newest first. */
  lines: atStation.input(shiftLinesInput).output(z.array(journalLine)),
  close: atStation
    .input(closeShiftInput)
    .output(closedShift)
    .errors(refusals("SHIFT_EMPTY", "SHIFT_CLOSED", "REQUEST_ID_REUSED")),
};
