import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { CardRef } from "#shared/contracts/cards.ts";
import type { StockLine } from "#shared/contracts/stock.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { useSwipes } from "../../app/station/use-swipes.ts";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { CardField, type CardEnd } from "./card-field.tsx";
import styles from "./stock.module.css";
import { useIntent } from "./use-intent.ts";

type Props = { readonly act: "receive" | "takeOut"; readonly onDone: (after: StockLine) => void };
type Why = "damaged" | "lost";
type Asked = { readonly first: CardRef; readonly last: CardRef; readonly why: Why };

const blank: CardEnd = { typed: "", swiped: undefined };

/** A box of blank cards by its first and its last one: two swipes, then how many lie between, then Enter. */
export function CardsForm({ act, onDone }: Props) {
  const { t, number, name } = useTexts();
  const [first, setFirst] = useState(blank);
  const [last, setLast] = useState(blank);
  const [why, setWhy] = useState<Why>("damaged");
  const [isChecked, setIsChecked] = useState(false);
  const ends = endsOf(first, last);
  const between = useQuery({
    ...queries.stock.cardsBetween.queryOptions({ input: ends ?? { first: { number: "" }, last: { number: "" } } }),
    enabled: ends !== undefined,
    retry: false,
  });
  const move = useIntent(
    ({ requestId, why: reason, ...asked }: Asked & { requestId: string }) =>
      act === "receive"
        ? station.stock.receiveCards({ requestId, ...asked })
        : station.stock.discardCards({ requestId, ...asked, why: reason }),
    onDone,
  );
  useSwipes((swipe) => {
    if (swipe.type !== "cardRefused" || swipe.code !== "CARD_UNKNOWN_HERE" || swipe.cardHandle === null) return false;
    const swiped = { handle: swipe.cardHandle, last4: swipe.last4 ?? "" };
    // The next free end takes it; a third swipe begins with the last one anew, which is what a hand that slipped wants.
    if (refOf(first) === undefined) setFirst({ typed: "", swiped });
    else setLast({ typed: "", swiped });
    move.forget();
    return true;
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (ends && between.data) move.run({ ...ends, why });
  };
  // The fields that held the focus are gone then, and Enter is what comes next.
  const areSwiped = first.swiped !== undefined && last.swiped !== undefined;
  const trouble = move.trouble ?? (ends ? troubleOf(between.error) : undefined);
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {trouble && <RefusalNotice trouble={trouble} />}
      <CardField label={t("stock.cards.first")} end={first} onChange={setFirst} isMissing={isChecked && !refOf(first)} isFocusedFirst />
      <CardField
        key={first.swiped ? "second" : "later"}
        label={t("stock.cards.last")}
        end={last}
        onChange={setLast}
        isMissing={isChecked && !refOf(last)}
        isFocusedFirst={first.swiped !== undefined}
      />
      {act === "takeOut" && (
        <OptionList
          label={t("stock.takeOut.why")}
          options={(["damaged", "lost"] as const).map((option) => ({ id: option, content: t(`stock.takeOut.${option}`) }))}
          selectedId={why}
          onSelect={(chosen) => setWhy(chosen === "lost" ? "lost" : "damaged")}
          hasDigits={false}
        />
      )}
      <output className={styles.preview}>
        {ends && between.data && (
          <strong>{t("stock.cards.between", { cards: number(between.data.cards), kind: name(between.data.kindName) })}</strong>
        )}
      </output>
      <SubmitButton
        key={areSwiped ? "swiped" : "typed"}
        isBusy={move.isBusy}
        isDisabled={ends !== undefined && between.isError}
        isFocusedFirst={areSwiped}
      >
        {t(`stock.${act}.submit`)}
      </SubmitButton>
    </form>
  );
}

const digitsMin = 8;

/** The card at one end, once there is enough of it to be looked up. */
function refOf({ typed, swiped }: CardEnd): CardRef | undefined {
  if (swiped) return { handle: swiped.handle };
  const digits = typed.normalize("NFKC").replace(/[\s-]/g, "");
  return digits.length >= digitsMin ? { number: digits } : undefined;
}

/** One card alone is a box of one. */
function endsOf(first: CardEnd, last: CardEnd): { readonly first: CardRef; readonly last: CardRef } | undefined {
  const [from, to] = [refOf(first), refOf(last)];
  return from && to ? { first: from, last: to } : undefined;
}
