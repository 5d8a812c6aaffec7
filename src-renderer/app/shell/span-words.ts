import type { Texts } from "../intl/use-texts.ts";

/** @returns the nearest of minutes, hours or days, in words */
export function spanWords(ms: number, t: Texts["t"]): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  if (minutes < 90) return t("shell.clock.minutes", { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t("shell.clock.hours", { count: hours }) : t("shell.clock.days", { count: Math.round(hours / 24) });
}
