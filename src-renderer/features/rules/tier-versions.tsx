import type { PublishedTiers } from "#shared/contracts/acts/tiers.ts";
import { inForce } from "#shared/domain/publications/in-force.ts";
import { useTexts, type Texts } from "../../app/intl/use-texts.ts";
import styles from "./rules.module.css";

/** The tiers and what each takes, in one line. */
export function tierTerms({ tiers, measure }: PublishedTiers, { name, number, money }: Texts): string {
  const amount = (from: number): string => (measure === "points" ? number(from) : money(from));
  const factor = ({ factorPercent }: (typeof tiers)[number]): string => (factorPercent === undefined ? "" : ` (${number(factorPercent)}%)`);
  return tiers.map((tier) => `${name(tier.name)} ${amount(tier.from)}${factor(tier)}`).join(" · ");
}

/** How the tiers stand today, by the version that counts. */
export function tierState(versions: readonly PublishedTiers[], today: string, { t, date }: Texts): string {
  if (inForce(versions, today)) return t("rules.state.open");
  const [first] = versions.toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1));
  return first ? t("rules.state.coming", { date: date(first.opensOn) }) : t("tiers.none");
}

/** Every version of the tiers, newest first: what each takes, how it is counted, and who published it. */
export function TierVersions({ versions }: { readonly versions: readonly PublishedTiers[] }) {
  const texts = useTexts();
  const { t, date, instant } = texts;
  return (
    <ul className={styles.versions} aria-label={t("rules.versions")} tabIndex={0}>
      {versions.map((version) => (
        <li key={version.version} className={styles.version}>
          <span className={styles.outcome}>{t("rules.version", { version: version.version })}</span> {tierTerms(version, texts)}
          <p className={styles.note}>
            {t(`tiers.measure.${version.measure}`)} · {t(`tiers.window.${version.window}`)} · {t(`tiers.onMiss.${version.onMiss}`)}
          </p>
          <p className={styles.note}>
            {t("rules.from", { from: date(version.opensOn) })} ·{" "}
            {t("rules.publishedBy", { name: version.publishedBy ?? t("rules.byHeadOffice"), time: instant(version.publishedAtMs) })}
          </p>
        </li>
      ))}
    </ul>
  );
}
