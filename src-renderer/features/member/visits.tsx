import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import styles from "./visits.module.css";

const shownMax = 5;

export function Visits({ visits }: { readonly visits: MemberCard["lastVisits"] }) {
  const { t, instant } = useTexts();
  return (
    <section className={styles.visits} aria-label={t("member.visits")}>
      <h3 className={styles.title}>{t("member.visits")}</h3>
      {visits.length === 0 && <p className={styles.none}>{t("member.visits.none")}</p>}
      <ul>
        {visits.slice(0, shownMax).map((visit) => (
          <li key={`${visit.atMs}-${visit.points}`} className={styles.visit}>
            <span className={styles.when}>{instant(visit.atMs)}</span>
            <span className={styles.kind}>{t(`member.visits.${visit.kind}`)}</span>
            <Numeral value={visit.points} size="line" isSigned />
          </li>
        ))}
      </ul>
    </section>
  );
}
