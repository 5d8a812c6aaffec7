import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";
import styles from "./accounts.module.css";

/** What an act did to an account, as the administrator is told. */
export type News = { readonly requestId: string; readonly staffId: string; readonly name: string } & (
  | { readonly kind: "saved" | "switchedOff" | "switchedOn" | "unlocked" | "cardGiven" | "cardTaken" | "pinCleared" }
  /** Null when the answer with the password was lost on its way. */
  | { readonly kind: "password"; readonly temporaryPassword: string | null }
);

export function AccountNews({ news }: { readonly news: News }) {
  const { t } = useTexts();
  const { name } = news;
  if (news.kind !== "password") return <Notice tone="good" title={t(`accounts.${news.kind}`, { name })} />;
  if (news.temporaryPassword === null) return <Notice tone="warn" title={t("accounts.password.lost", { name })} />;
  return (
    <Notice tone="good" title={t("accounts.password", { name })}>
      <p className={styles.password}>{news.temporaryPassword}</p>
      {t("accounts.password.once")}
    </Notice>
  );
}
