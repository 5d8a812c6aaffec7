import type { Sameness } from "#shared/contracts/acts/people.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

/** What two members have in common, in words. */
export const becauseWords = (because: readonly Sameness[], t: Texts["t"]): string =>
  because.length === 0 ? t("people.because.nothing") : because.map((what) => t(`people.because.${what}`)).join(" · ");
