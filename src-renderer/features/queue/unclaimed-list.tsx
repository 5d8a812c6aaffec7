import { useState } from "react";
import type { QueueOverview, UnclaimedPurchase } from "#shared/contracts/acts/queue.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { Fact } from "./fact.tsx";
import type { News } from "./queue-words.ts";
import styles from "./queue.module.css";
import { UnclaimedForms } from "./unclaimed-forms.tsx";

type Props = {
  readonly shown: QueueOverview["unclaimed"];
  /** Another one is looked at: what was said of the one before is read. */
  readonly onChoose: () => void;
  readonly onDone: (news: News) => void;
};

/** Purchases whose card nobody has had for thirty days: somebody finds out whose each is, or puts it away. */
export function UnclaimedList({ shown, onChoose, onDone }: Props) {
  const { t } = useTexts();
  const [chosenId, setChosenId] = useState<string>();
  const chosen = shown.lines.find(({ purchaseId }) => purchaseId === chosenId) ?? shown.lines[0];
  if (!chosen) return <EmptyList>{t("queue.none.unclaimed")}</EmptyList>;
  return (
    <ListAndDetail
      list={
        <>
          <OptionList
            label={t("queue.unclaimed", { count: shown.lines.length })}
            options={shown.lines.map((purchase) => ({ id: purchase.purchaseId, content: <Row purchase={purchase} /> }))}
            selectedId={chosen.purchaseId}
            onSelect={(id) => {
              setChosenId(id);
              onChoose();
            }}
            hasDigits={false}
            isFocusedFirst
          />
          {shown.isCut && <p className={styles.note}>{t("queue.unclaimed.cut")}</p>}
        </>
      }
      detail={<Detail key={chosen.purchaseId} purchase={chosen} onDone={onDone} />}
    />
  );
}

function Row({ purchase: { last4, branch, receiptNumber, boughtOn, points } }: { readonly purchase: UnclaimedPurchase }) {
  const { t, date } = useTexts();
  return (
    <ListRow
      title={t("queue.unclaimed.card", { last4 })}
      notes={[t("queue.unclaimed.from", { branch, receipt: receiptNumber }), date(boughtOn)]}
      end={points === null ? undefined : <Numeral value={points} size="line" isSigned />}
    />
  );
}

function Detail({ purchase, onDone }: { readonly purchase: UnclaimedPurchase; readonly onDone: Props["onDone"] }) {
  const { t, date, instant, money, number } = useTexts();
  const { purchaseId, last4, branch, receiptNumber, amountFen, boughtOn, keptAtMs, by, points } = purchase;
  const what = [
    t("queue.receipt", { receipt: receiptNumber }),
    money(amountFen),
    ...(points === null ? [] : [t("queue.points", { points: number(points) })]),
  ];
  return (
    <section className={styles.entry} aria-label={t("queue.unclaimed.card", { last4 })}>
      <dl className={styles.facts}>
        <Fact label={t("queue.what")}>{what.join(" · ")}</Fact>
        <Fact label={t("queue.card")}>{t("queue.card.ending", { last4 })}</Fact>
        <Fact label={t("queue.from")}>{branch}</Fact>
        <Fact label={t("queue.by")}>{by ?? t("queue.by.nobody")}</Fact>
        <Fact label={t("queue.when")}>{t("queue.when.at", { at: instant(keptAtMs) })}</Fact>
        <Fact label={t("queue.why")}>{t("queue.unclaimed.why", { day: date(boughtOn) })}</Fact>
      </dl>
      <UnclaimedForms purchaseId={purchaseId} onDone={onDone} />
    </section>
  );
}
