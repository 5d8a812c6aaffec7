import { z } from "zod";
import { inForce } from "#shared/domain/publications/in-force.ts";
import { factorPercent, type TierScheme } from "./tier-scheme.ts";

/** What a member's tier made of what a purchase earned, as the award says it: by which tier, under which version of the tiers. */
export const tierFactor = z.strictObject({ tierId: z.string(), schemeVersion: z.int().positive(), percent: factorPercent });
export type TierFactor = z.infer<typeof tierFactor>;

/** What a tier gives on a day, by the version of the tiers that counts then; undefined where that is what the rule gives anybody. */
export function factorOn(schemes: readonly TierScheme[], tierId: string | null | undefined, day: string): TierFactor | undefined {
  const scheme = inForce(schemes, day);
  const percent = scheme?.tiers.find((tier) => tier.tierId === tierId)?.factorPercent;
  return scheme && tierId && percent !== undefined ? { tierId, schemeVersion: scheme.version, percent } : undefined;
}
