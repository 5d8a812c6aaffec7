import { CreditCardOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTexts } from "../../app/intl/use-texts.ts";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./stock.module.css";

/** One end of a box: a number that is being typed, or a card that was swiped, whose number the station keeps. */
export type CardEnd = { readonly typed: string; readonly swiped: { readonly handle: string; readonly last4: string } | undefined };

type Props = {
  readonly label: string;
  readonly end: CardEnd;
  readonly onChange: (end: CardEnd) => void;
  readonly isMissing: boolean;
  readonly isFocusedFirst?: boolean;
};

export function CardField({ label, end, onChange, isMissing, isFocusedFirst = false }: Props) {
  const { t } = useTexts();
  if (end.swiped) {
    return (
      <p className={styles.swiped} role="status">
        <CreditCardOutlined aria-hidden="true" />
        <span className={styles.what}>
          {label}: {t("stock.cards.swiped", { last4: end.swiped.last4 })}
        </span>
        <Button onClick={() => onChange({ typed: "", swiped: undefined })}>{t("stock.cards.clear")}</Button>
      </p>
    );
  }
  return (
    <TextField
      label={label}
      value={end.typed}
      onChange={(typed) => onChange({ typed, swiped: undefined })}
      hint={t("stock.cards.hint")}
      error={isMissing ? t("stock.cards.missing") : undefined}
      size="numeral"
      inputMode="numeric"
      maxLength={32}
      isFocusedFirst={isFocusedFirst}
    />
  );
}
