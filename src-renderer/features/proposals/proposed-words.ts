import type { ProposalView } from "#shared/contracts/points.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

/** Who proposed it, when and where; people of other branches are not known here by name. */
export function proposedWords({ proposedBy, proposedAtMs, branch, isDifference }: ProposalView, { t, instant }: Texts): string {
  const time = instant(proposedAtMs);
  const words = proposedBy === null ? t("proposals.at", { time, branch }) : t("proposals.by", { name: proposedBy, time, branch });
  return isDifference ? `${words} · ${t("proposals.difference")}` : words;
}
