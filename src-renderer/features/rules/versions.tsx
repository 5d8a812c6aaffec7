import type { PublishedPlan, PublishedRule } from "#shared/contracts/acts/publications.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { budgetOf, periodOf, termsOf } from "./words.ts";
import styles from "./rules.module.css";

/** Every version of one rule or plan, newest first: what it promises, when, and who published it. */
export function Versions({ versions }: { readonly versions: readonly (PublishedRule | PublishedPlan)[] }) {
  const texts = useTexts();
  const { t, instant } = texts;
  const [newest] = versions;
  const budget = newest && budgetOf(newest, texts);
  return (
    <>
      {budget !== undefined && <p className={styles.note}>{budget}</p>}
      <ul className={styles.versions} aria-label={t("rules.versions")} tabIndex={0}>
        {versions.map((version) => (
          <li key={version.version} className={styles.version}>
            <span className={styles.outcome}>{t("rules.version", { version: version.version })}</span> {termsOf(version, texts)}
            {"approval" in version &&
              version.approval !== "none" &&
              ` · ${t("rules.approval")}: ${t(`rules.approval.${version.approval}`)}`}
            <p className={styles.note}>
              {periodOf(version, texts)} ·{" "}
              {t("rules.publishedBy", { name: version.publishedBy ?? t("rules.byHeadOffice"), time: instant(version.publishedAtMs) })}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
