import type { StationView } from "#shared/contracts/acts/stations.ts";
import type { Texts } from "../../app/intl/use-texts.ts";
import { spanWords } from "../../app/shell/span-words.ts";

/** When a station was last heard, and how long ago that is by head office's clock. */
export function contactWords({ lastContactMs }: Pick<StationView, "lastContactMs">, asOfMs: number, { t, instant }: Texts): string {
  if (lastContactMs === null) return t("stations.never");
  return t("stations.heard", { at: instant(lastContactMs, asOfMs), span: spanWords(asOfMs - lastContactMs, t) });
}

/** Of a clock that is off by less nothing is said: the strip of that counter does not say it either. */
const clockOffMs = 2 * 60 * 1000;

export function clockWords({ clockAheadMs }: Pick<StationView, "clockAheadMs">, { t }: Texts): string {
  if (clockAheadMs === null) return t("stations.clock.unknown");
  if (Math.abs(clockAheadMs) < clockOffMs) return t("stations.clock.right");
  return t(clockAheadMs > 0 ? "shell.clock.ahead" : "shell.clock.behind", { span: spanWords(clockAheadMs, t) });
}
