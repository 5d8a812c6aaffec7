import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { LocalName } from "#shared/contracts/common.ts";
import type { MessageKey } from "./catalogue.ts";
import type { Locale } from "./locale.ts";

export type Values = Readonly<Record<string, string | number | boolean | null>>;

/** Words, numbers, money and times in the language of the screen. */
export type Texts = {
  readonly locale: Locale;
  readonly t: (key: MessageKey, values?: Values) => string;
  readonly number: (value: number) => string;
  /** `+60`, `−120`. */
  readonly signed: (value: number) => string;
  /** Fen shown as yuan; whole yuan without decimals. */
  readonly money: (amountFen: number) => string;
  /** `YYYY-MM-DD`, a business or calendar date without a time zone. */
  readonly date: (date: string) => string;
  readonly time: (instantMs: number) => string;
  /** The time alone for today, with the day otherwise. */
  readonly instant: (instantMs: number, nowMs?: number) => string;
  /** With the year, for paper. */
  readonly fullInstant: (instantMs: number) => string;
  readonly name: (name: LocalName) => string;
};

export function useTexts(): Texts {
  const intl = useIntl();
  return useMemo(() => {
    const locale: Locale = intl.locale === "en-US" ? "en-US" : "zh-CN";
    const time = (instantMs: number): string => intl.formatDate(instantMs, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return {
      locale,
      t: (key, values) => intl.formatMessage({ id: key }, values ? { ...values } : undefined),
      number: (value) => intl.formatNumber(value),
      signed: (value) => intl.formatNumber(value, { signDisplay: "exceptZero" }),
      money: (amountFen) =>
        intl.formatNumber(amountFen / 100, {
          style: "currency",
          currency: "CNY",
          currencyDisplay: "narrowSymbol",
          trailingZeroDisplay: "stripIfInteger",
        }),
      date: (date) => intl.formatDate(`${date}T00:00Z`, { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" }),
      time,
      instant: (instantMs, nowMs = Date.now()) => {
        const isToday = intl.formatDate(instantMs) === intl.formatDate(nowMs);
        return isToday ? time(instantMs) : `${intl.formatDate(instantMs, { month: "short", day: "numeric" })} ${time(instantMs)}`;
      },
      fullInstant: (instantMs) => `${intl.formatDate(instantMs, { year: "numeric", month: "short", day: "numeric" })} ${time(instantMs)}`,
      name: (name) => name[locale],
    };
  }, [intl]);
}
