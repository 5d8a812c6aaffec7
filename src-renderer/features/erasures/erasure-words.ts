import type { ListedErasure } from "#shared/contracts/acts/erasures.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

/** Who asked and who did it, and when. */
export function erasureWords(
  { askedBy, askedOn, doneBy, doneOn }: Pick<ListedErasure, "askedBy" | "askedOn" | "doneBy" | "doneOn">,
  { t, date }: Texts,
): readonly string[] {
  const nameOf = (name: string | null): string => name ?? t("erasures.headOffice");
  return [
    t("erasures.askedBy", { date: date(askedOn), by: nameOf(askedBy) }),
    ...(doneOn === null ? [] : [t("erasures.doneBy", { date: date(doneOn), by: nameOf(doneBy) })]),
  ];
}
