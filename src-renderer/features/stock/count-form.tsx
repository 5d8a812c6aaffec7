import { useState, type FormEvent } from "react";
import type { StockLine } from "#shared/contracts/stock.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { parsePieces } from "./pieces.ts";
import styles from "./stock.module.css";
import { useIntent } from "./use-intent.ts";

type Props = { readonly line: StockLine; readonly onDone: (after: StockLine) => void };

/** What lies there, against what the books say; the difference stands on the screen before it is recorded. */
export function CountForm({ line, onDone }: Props) {
  const { t, number } = useTexts();
  const [found, setFound] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const count = useIntent(station.stock.count, onDone);
  const counted = parsePieces(found, 0);
  const expected = line.onHand;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (counted === undefined) return setIsChecked(true);
    count.run({ item: line.item, counted, expected });
  };
  const difference = counted === undefined ? undefined : counted - expected;
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {count.trouble && <RefusalNotice trouble={count.trouble} />}
      <TextField
        label={t("stock.count.found")}
        value={found}
        onChange={(text) => {
          setFound(text);
          setIsChecked(false);
          if (count.trouble) count.forget();
        }}
        error={isChecked && counted === undefined ? t("stock.count.wrong") : undefined}
        size="numeral"
        inputMode="numeric"
        maxLength={7}
        isFocusedFirst
      />
      <output className={styles.preview}>
        <span>{t("stock.count.books", { expected: number(expected) })}</span>
        {difference !== undefined && (
          <strong>
            {difference === 0
              ? t("stock.count.same")
              : t(difference > 0 ? "stock.count.more" : "stock.count.less", { difference: number(Math.abs(difference)) })}
          </strong>
        )}
      </output>
      <SubmitButton isBusy={count.isBusy}>{t("stock.count.submit")}</SubmitButton>
    </form>
  );
}
