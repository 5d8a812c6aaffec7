import { z } from "zod";
import { factorPercent, isInOrder, tierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import { date, instantMs, requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";
import { publishedName } from "./publications.ts";

const permission = "rule.publish";
const tiersMax = 8;

/** `publishedBy` is null for whoever works at head office's own computer, without an account. */
const publishedTiers = tierScheme.extend({ publishedAtMs: instantMs, publishedBy: z.string().nullable() });
export type PublishedTiers = z.infer<typeof publishedTiers>;

/** All versions of the company's tiers, newest first, with who published them and when. */
export const listTiersAct = declareAct({
  type: "tier.list",
  permission,
  isQuestion: true,
  input: z.strictObject({}),
  reply: z.strictObject({ versions: z.array(publishedTiers) }),
  refusals: {},
});

const measured = z.int().max(100_000_000_000);

/** Publishes the company's tiers, or the next version of them: what a member was told by one version is explained by it for ever. */
export const publishTiersAct = declareAct({
  type: "tier.publish",
  permission,
  input: z.strictObject({
    requestId,
    /** The version that the person saw and changed a copy of; 0 for the first. */
    basedOn: z.int().nonnegative(),
    measure: tierScheme.shape.measure,
    window: tierScheme.shape.window,
    onMiss: tierScheme.shape.onMiss,
    tiers: z
      .array(
        z.strictObject({
          tierId: z.string().min(1).max(64),
          name: publishedName,
          from: measured.positive(),
          keep: measured.nonnegative(),
          factorPercent: factorPercent.exactOptional(),
        }),
      )
      .min(1)
      .max(tiersMax)
      .refine(isInOrder, {
        error: "Each tier begins above the one before it, is kept for no more than it takes to reach it, and is named once.",
      }),
    opensOn: date,
  }),
  reply: z.strictObject({ version: z.int().positive() }),
  refusals: {
    ...refusals("VERSION_EXISTS"),
    /** A version changes what is to come and never a day that was. */
    ...refusalWith("OPENS_IN_THE_PAST", z.object({ today: date })),
  },
});
