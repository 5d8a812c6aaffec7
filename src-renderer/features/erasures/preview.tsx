import type { ErasurePreview } from "#shared/contracts/acts/erasures.ts";
import type { Texts } from "../../app/intl/use-texts.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./erasures.module.css";

/** What would go and what would stay, before anybody clicks. */
export function Preview({ preview }: { readonly preview: ErasurePreview }) {
  const texts = useTexts();
  const { t, number, instant } = texts;
  const { stays, silent, memberNumber } = preview;
  const goes = goingWords(preview, texts);
  return (
    <>
      <Facts title={t("erasures.goes")} facts={goes.length > 0 ? goes : [t("erasures.goes.nothing")]} />
      <Facts
        title={t("erasures.stays")}
        facts={[
          t("erasures.stays.points", { number: memberNumber, points: number(stays.balance) }),
          ...(stays.debt > 0 ? [t("erasures.stays.debt", { points: number(stays.debt) })] : []),
          t("erasures.stays.receipts"),
        ]}
      />
      {silent.length > 0 && (
        <Facts
          title={t("erasures.silent")}
          facts={silent.map(({ branch, replica, lastContactMs }) =>
            t("erasures.silent.station", {
              branch,
              replica,
              at: lastContactMs === null ? t("erasures.silent.never") : instant(lastContactMs),
            }),
          )}
        />
      )}
    </>
  );
}

function goingWords({ goes }: ErasurePreview, { t }: Texts): readonly string[] {
  const { name, phones, hasBirthday, hasAddress, entries, cards } = goes;
  return [
    ...(name === "" ? [] : [t("erasures.goes.name", { name })]),
    ...(phones > 0 ? [t("erasures.goes.phones", { count: phones })] : []),
    ...(hasBirthday ? [t("erasures.goes.birthday")] : []),
    ...(hasAddress ? [t("erasures.goes.address")] : []),
    ...(entries > 0 ? [t("erasures.goes.entries", { count: entries })] : []),
    ...(cards > 0 ? [t("erasures.goes.cards", { count: cards })] : []),
  ];
}

const Facts = ({ title, facts }: { readonly title: string; readonly facts: readonly string[] }) => (
  <div>
    <h4 className={styles.heading}>{title}</h4>
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  </div>
);
