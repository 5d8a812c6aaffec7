import { z } from "zod";
import { businessDateOf, businessDayStartMs } from "#shared/domain/time/business-date.ts";
import { addDays, dayNumberOf } from "#shared/domain/time/calendar.ts";

const date = z.iso.date();

/** What one kind of account went up and down by in a period. */
const bookedAccount = z.strictObject({
  /** `ISSUED`, `POOL`, `RIGHT` of all stations together, `REDEEMED`, `EXPIRED` …; `DEBT` and `CLAIM` of all members. */
  account: z.string(),
  amount: z.int(),
  entries: z.int().positive(),
  /** A sum over digests of all its entries, whatever their order: one digit of one entry changed shows. */
  fingerprint: z.string(),
});
export type BookedAccount = z.infer<typeof bookedAccount>;

/** A closed span of booking dates. Nothing is ever booked in it again; what is heard late is booked after it, and listed. */
export const periodRecord = z.strictObject({
  /** Its last booking date, which is also its name. */
  until: date,
  /** The last booking date of the period before; null for the first. */
  after: date.nullable(),
  /** What members had in all at its beginning and at its end. */
  openingPoints: z.int(),
  closingPoints: z.int(),
  accounts: z.array(bookedAccount),
  closedBy: z.string(),
});
export type PeriodRecord = z.infer<typeof periodRecord>;

/** A transaction that began on the evening before is over by then. */
const settleMs = 60 * 60 * 1000;

/** From when on nothing more is booked on a date, so that it can be closed. */
export const closesAtMs = (until: string): number => businessDayStartMs(dayNumberOf(until) + 1) + settleMs;

/** The latest date that can be closed at an instant. */
export const closableUntil = (atMs: number): string => addDays(businessDateOf(atMs - settleMs), -1);

const outstanding: ReadonlySet<string> = new Set(["POOL", "RIGHT", "HELD", "LIMBO"]);

/** Points that members can still spend somewhere, or that are set aside for them. */
export const isOutstanding = (account: string): boolean => outstanding.has(account);
