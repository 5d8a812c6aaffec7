import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US.js";
import zhCN from "antd/locale/zh_CN.js";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { IntlProvider } from "react-intl";
import { companyTimeZone } from "#shared/domain/time/business-date.ts";
import { KeepStyles } from "../../ui/keep-styles.tsx";
import { themeFor } from "../../ui/theme.ts";
import { useMedia } from "../../ui/use-media.ts";
import { useAppearance } from "../appearance/appearance-root.tsx";
import { messagesIn } from "./catalogue.ts";
import { rememberedLocale, rememberLocale, type Locale } from "./locale.ts";

const LocaleSwitch = createContext<(locale: Locale) => void>(() => undefined);

/** Changes the language of everything shown, now and the next time this computer opens the counter. */
export const useLocaleSwitch = (): ((locale: Locale) => void) => use(LocaleSwitch);

/** Language for all below it, and antd's parts in it. */
export function IntlRoot({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState(() => rememberedLocale(window.localStorage));
  const { isDark } = useAppearance();
  const isWide = useMedia("(width >= 2560px)");
  const messages = useMemo(() => messagesIn(locale), [locale]);
  const theme = useMemo(() => themeFor(isDark, isWide), [isDark, isWide]);

  useEffect(() => {
    document.documentElement.lang = locale;
    rememberLocale(window.localStorage, locale);
  }, [locale]);

  return (
    <IntlProvider locale={locale} messages={messages} timeZone={companyTimeZone}>
      <ConfigProvider locale={locale === "zh-CN" ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
        <KeepStyles />
        <LocaleSwitch value={setLocale}>{children}</LocaleSwitch>
      </ConfigProvider>
    </IntlProvider>
  );
}
