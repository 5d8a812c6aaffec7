import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { tierOutcomes } from "#shared/domain/tiers/decide-tier.ts";
import { factorPercent, tierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import { procedureOf } from "./acts/act-type.ts";
import { listTiersAct, publishTiersAct } from "./acts/tiers.ts";
import { atStation } from "./base.ts";
import { date } from "./common.ts";
import { refusals } from "./refusals.ts";

const { measure, window } = tierScheme.shape;
/** Points, or fen, by `measure`. */
const measured = z.int();

const tierExplanation = z.strictObject({
  /** Null for none. */
  tier: localName.nullable(),
  measure,
  window,
  /** The days whose purchases were counted, and what they come to. */
  from: date,
  until: date,
  measured,
  /** What it takes to reach the tier, and to keep it; null for none. */
  reachedFrom: measured.nullable(),
  keptFrom: measured.nullable(),
  /** What a purchase earns in it, in percent of what the rule gives; null where that is what everybody gets. */
  factorPercent: factorPercent.nullable(),
  /** What it takes to reach the one above; null from the highest. */
  next: z.strictObject({ name: localName, from: measured }).nullable(),
  /** The latest purchases that were counted, and the ones before them added up. */
  purchases: z.array(z.strictObject({ lotId: z.string(), receiptNumber: z.string(), on: date, counted: measured })),
  earlier: z.strictObject({ purchases: z.int().nonnegative(), counted: measured }),
  /** Newest first. */
  history: z.array(
    z.strictObject({
      /** The last day of the month that was evaluated. */
      until: date,
      measure,
      measured,
      before: localName.nullable(),
      tier: localName.nullable(),
      outcome: z.enum(tierOutcomes),
      evaluatedOn: date,
      /** Anew, after a purchase of that time was heard late. */
      isRecomputed: z.boolean(),
      /** Branches that head office did not wait for. */
      without: z.array(z.string()),
    }),
  ),
});
export type TierExplanation = z.infer<typeof tierExplanation>;

/** Published at head office, from any station, and known everywhere with the next exchange. */
export const tierPublications = { list: procedureOf(listTiersAct), publish: procedureOf(publishTiersAct) };

export const tiers = {
  ...tierPublications,
  /** Why a member has the tier that is shown; null where none was ever given, or this station does not know why. */
  explain: atStation
    .input(z.strictObject({ memberId: z.string() }))
    .output(tierExplanation.nullable())
    .errors(refusals("MEMBER_NOT_FOUND")),
};
