import type { Texts } from "../intl/use-texts.ts";

const daysOfYear = 365;

/** @returns the nearest of minutes, hours, days or years, in words */
export function spanWords(ms: number, t: Texts["t"]): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  if (minutes < 90) return t("shell.clock.minutes", { count: minutes });
  const hours = Math.round(minutes / 60);
  if (hours < 48) return t("shell.clock.hours", { count: hours });
  const days = Math.round(hours / 24);
  return days < daysOfYear ? t("shell.clock.days", { count: days }) : t("shell.clock.years", { count: Math.round(days / daysOfYear) });
}
