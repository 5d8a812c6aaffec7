import { z } from "zod";
import { ruleBudget } from "#shared/domain/benefits/use.ts";
import { localName } from "#shared/domain/names/local-name.ts";

/** An immutable version of an earning rule; an edit makes another version (P-08). Points per full `perFen`, rounded down once. */
export const earningRule = z.strictObject({
  ruleId: z.string(),
  version: z.int().positive(),
  name: localName,
  points: z.int().positive(),
  perFen: z.int().positive(),
  /** `none` takes effect at the counter; else an award is a proposal: of a second person of the branch, or of head office. */
  approval: z.enum(["none", "station", "headOffice"]),
  /** Points lapse after this many months; null when they never do. */
  validMonths: z.int().positive().nullable(),
  /** They also lapse when the member was not served anywhere for so many months; left out where staying away costs nothing. */
  inactiveMonths: z.int().positive().exactOptional(),
  /** A campaign: what all its awards may give together. Left out where the company sets no end to it. */
  budget: ruleBudget.exactOptional(),
  /** What a member gets under it in one business day, wherever; left out for no end. */
  capPerDay: z.int().positive().exactOptional(),
  opensOn: z.string(),
  closesOn: z.string().nullable(),
});
export type EarningRule = z.infer<typeof earningRule>;
