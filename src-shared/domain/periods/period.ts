import { z } from "zod";

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

const outstanding: ReadonlySet<string> = new Set(["POOL", "RIGHT", "HELD", "LIMBO"]);

/** Points that members can still spend somewhere, or that are set aside for them. */
export const isOutstanding = (account: string): boolean => outstanding.has(account);
