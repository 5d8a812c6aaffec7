import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { shiftFigures } from "./figures.ts";

const figures = z.record(z.enum(shiftFigures), z.strictObject({ count: z.int().nonnegative(), points: z.int() }));

/**
 * The end of a shift at one station, with its figures as they stood. It covers what was written after the shift before it, up to the
 * entry named; what comes later, however late, is of the next one.
 */
export const shiftClose = declareOperation({
  type: "shift.close",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({
    /** The intent's id. */
    shiftId: z.uuid(),
    branchId: z.string(),
    businessDate: z.iso.date(),
    /** Time of the first entry. */
    sinceMs: z.int(),
    /** The last entry of the shift before it; null for the first. */
    after: z.uuid().nullable(),
    upTo: z.uuid(),
    people: z.array(z.strictObject({ staffId: z.string(), figures })),
    gifts: z.array(z.strictObject({ planId: z.string(), planVersion: z.int().positive(), pieces: z.int().positive() })),
    /** What head office had not heard, or holds back. It is no obstacle: the entries go when they go. */
    unsent: z.strictObject({ waiting: z.int().nonnegative(), quarantined: z.int().nonnegative() }),
  }),
  entity: (d) => ({ kind: "shift", id: d.shiftId }),
  memberId: () => null,
  effects: ({ body: { by, at, d } }) => [
    { kind: "putRecord", record: "shift", id: d.shiftId, fields: { ...d, closedBy: by, closedAtMs: at } },
  ],
});
