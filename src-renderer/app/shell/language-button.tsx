import { useLocaleSwitch } from "../intl/intl-root.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import styles from "./shell.module.css";

/** Names the language it changes to, in that language. */
export function LanguageButton() {
  const { t, locale } = useTexts();
  const switchTo = useLocaleSwitch();
  const change = (): void => switchTo(locale === "zh-CN" ? "en-US" : "zh-CN");
  useCommands("shell", { language: change });
  return (
    <button
      type="button"
      className={styles.language}
      title={t("shell.language")}
      aria-keyshortcuts="Alt+L"
      onClick={change}
      lang={locale === "zh-CN" ? "en" : "zh-CN"}
    >
      {t("shell.language.other")}
    </button>
  );
}
