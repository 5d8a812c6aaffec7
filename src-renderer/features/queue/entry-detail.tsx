import type { QueueLine, ShownEntry } from "#shared/contracts/acts/queue.ts";
import { entryWords } from "../../app/intl/entry-words.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { DecisionForm } from "./decision-form.tsx";
import { Fact } from "./fact.tsx";
import { flagWords, whyWords, type News, type QueueList } from "./queue-words.ts";
import styles from "./queue.module.css";

type Props = {
  readonly line: QueueLine;
  readonly list: QueueList;
  readonly mayVouch: boolean;
  readonly onDone: (news: News) => void;
};

/** One entry in words: what it is, from where, why it is here, and what to do. */
export function EntryDetail({ line, list, mayVouch, onDone }: Props) {
  const { t, number } = useTexts();
  const { type, waitsFor, behind, groupOf, other, capElsewhere } = line;
  const what = t(entryWords(type), { type });
  return (
    <section className={styles.entry} aria-label={what}>
      {other ? (
        // Side by side: the same paper twice is told by who entered it, where and when.
        <div className={styles.pair}>
          <section aria-label={t("queue.this")}>
            <h4 className={styles.note}>{t("queue.this")}</h4>
            <Facts entry={line} what={what} />
          </section>
          <section aria-label={t("queue.other")}>
            <h4 className={styles.note}>{t("queue.other")}</h4>
            <Facts entry={other} what={what} />
          </section>
        </div>
      ) : (
        <Facts entry={line} what={what} receivedAtMs={line.receivedAtMs} />
      )}
      <dl className={styles.facts}>
        <Fact label={t("queue.why")}>
          {t(list === "flagged" ? flagWords(line) : whyWords(line))} <span className={styles.note}>{line.code}</span>
          {capElsewhere !== null && <span className={styles.note}> · {t("queue.capElsewhere", { points: number(capElsewhere) })}</span>}
        </Fact>
        {waitsFor && <Fact label={t("queue.waitsFor")}>{t(`queue.waitsFor.${waitsFor.what}`, { slip: waitsFor.slip ?? "" })}</Fact>}
        {behind > 0 && <Fact label={t("queue.behind")}>{t("queue.behind.count", { count: behind })}</Fact>}
      </dl>
      {groupOf > 1 && <p className={styles.note}>{t("queue.group", { count: groupOf })}</p>}
      {list === "parked" && <p className={styles.note}>{t(line.isOverdue ? "queue.overdue" : "queue.parked.about")}</p>}
      <DecisionForm line={line} list={list} mayVouch={mayVouch} onDone={onDone} />
    </section>
  );
}

type FactsProps = { readonly entry: ShownEntry; readonly what: string; readonly receivedAtMs?: number };

/** What an entry is, whose, from where, by whom and when. */
function Facts({ entry, what, receivedAtMs }: FactsProps) {
  const { t, instant, number, money } = useTexts();
  const { points, nameMasked, memberNumber, receiptNumber, refundFen, branch, slip, by, atMs } = entry;
  const about = [
    what,
    points === null ? undefined : t("queue.points", { points: number(points) }),
    receiptNumber === null ? undefined : t("queue.receipt", { receipt: receiptNumber }),
    refundFen === null ? undefined : t("queue.refunded", { amount: money(refundFen) }),
  ];
  const times = [
    atMs === null ? undefined : t("queue.when.at", { at: instant(atMs) }),
    receivedAtMs === undefined ? undefined : t("queue.when.received", { received: instant(receivedAtMs) }),
  ];
  return (
    <dl className={styles.facts}>
      <Fact label={t("queue.what")}>{about.filter((part) => part !== undefined).join(" · ")}</Fact>
      <Fact label={t("queue.member")}>
        {nameMasked === null || memberNumber === null
          ? t("queue.member.unknown")
          : t("queue.member.of", { name: nameMasked, number: memberNumber })}
      </Fact>
      <Fact label={t("queue.from")}>{t("queue.from.at", { branch, slip })}</Fact>
      <Fact label={t("queue.by")}>{by ?? t("queue.by.nobody")}</Fact>
      <Fact label={t("queue.when")}>{times.filter((part) => part !== undefined).join(" · ")}</Fact>
    </dl>
  );
}
