import { z } from "zod";
import { periodRecord } from "#shared/domain/periods/period.ts";
import { instantMs, requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const date = z.iso.date();

/** Closes the books up to a date: from then on nothing is booked on it or before, whenever it happened. */
export const closePeriodAct = declareAct({
  type: "period.close",
  permission: "headOffice.manage",
  input: z.strictObject({ requestId, until: date }),
  reply: periodRecord,
  refusals: {
    /** Something may still be booked on that date until then. */
    ...refusalWith("PERIOD_NOT_OVER", z.object({ closesAtMs: instantMs })),
    ...refusals("PERIOD_CLOSED"),
  },
});

/** An operation that happened in a closed period and was heard after it. */
const lateFact = z.strictObject({
  opId: z.string(),
  type: z.string(),
  /** Code of the branch; null for what head office itself wrote. */
  branch: z.string().nullable(),
  memberNumber: z.string(),
  /** When it happened, and under which date it is booked. */
  eventDate: date,
  bookingDate: date,
  /** What it changed of all that the member has. */
  points: z.int(),
});
export type LateFact = z.infer<typeof lateFact>;

/** Closed periods, newest first, and what was heard late of one of them. */
export const listPeriodsAct = declareAct({
  type: "period.list",
  permission: "headOffice.read",
  isQuestion: true,
  /** Of which period the late facts are wanted; the newest when left out. */
  input: z.strictObject({ until: date.optional() }),
  reply: z.strictObject({
    periods: z.array(periodRecord),
    /** The latest date that head office would close now. */
    closableUntil: date,
    late: z.array(lateFact),
    hasMoreLate: z.boolean(),
  }),
  refusals: {},
});
