import type { ReviewView } from "#shared/contracts/members.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

/** The name and phones in question, in one line. */
export const factLines = ({ name, phones }: ReviewView["current"]): string =>
  [name, phones?.join(", ")].filter((part) => part !== undefined).join(" · ");

/** Who sent the change and when, and which time it is. */
export function sentWords({ submittedBy, submittedAtMs, round }: ReviewView, { t, instant }: Texts): string {
  const time = instant(submittedAtMs);
  const sent = submittedBy === null ? t("reviews.by.elsewhere", { time }) : t("reviews.by", { name: submittedBy, time });
  return round === 1 ? sent : `${sent} · ${t("reviews.round", { round })}`;
}
