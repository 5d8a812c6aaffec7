import { factorOn, type TierFactor } from "#shared/domain/tiers/tier-factor.ts";
import { highestOf, tierOn } from "#shared/domain/tiers/tier-record.ts";
import { tierScheme, type TierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import type { Books } from "./books.ts";
import { tierOf } from "./work.ts";

const schemesIn = ({ records }: Pick<Books, "records">): readonly TierScheme[] =>
  records.ofKind("tierScheme").map(({ doc }) => tierScheme.parse(doc));

/** What a person's tier gave on a day, as head office knows it now. */
export function factorKnown(books: Pick<Books, "records" | "namesOf">, memberId: string, day: string): TierFactor | undefined {
  const standing = highestOf(books.namesOf(memberId).flatMap((name) => tierOf(books, name) ?? []));
  return factorOn(schemesIn(books), standing && tierOn(standing, day), day);
}

/** Whether head office ever published that a tier gives so much. */
export const isPublished = (books: Pick<Books, "records">, { tierId, schemeVersion, percent }: TierFactor): boolean =>
  schemesIn(books).some(
    ({ version, tiers }) => version === schemeVersion && tiers.some((tier) => tier.tierId === tierId && tier.factorPercent === percent),
  );
