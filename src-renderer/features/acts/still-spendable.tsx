import type { BalanceView } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";

/**
 * The most that a thief may still spend, and where: what other branches hold the right to spend, until they have heard of the block. Head office
 * gives out no more from the moment it hears, and this counter from now on.
 */
export function StillSpendable({ balance: { balance, atOtherBranches } }: { readonly balance: BalanceView }) {
  const { t, number } = useTexts();
  if (balance === null) return t("block.stillSpendable.unknown");
  const points = atOtherBranches.reduce((sum, place) => sum + place.points, 0);
  if (points === 0) return t("block.stillSpendable.none");
  const places = atOtherBranches.map((place) => t("block.stillSpendable.place", { branch: place.branch, points: number(place.points) }));
  return t("block.stillSpendable", { points: number(points), places: places.join(" · ") });
}
