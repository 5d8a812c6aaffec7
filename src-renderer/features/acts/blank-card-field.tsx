import { CreditCardOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTexts } from "../../app/intl/use-texts.ts";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./form.module.css";

/** A blank card that was swiped: main keeps the number, the screen holds a handle and the last four figures. */
export type SwipedCard = { readonly handle: string; readonly last4: string };

type Props = {
  readonly label: string;
  readonly hint: string;
  readonly swiped: SwipedCard | undefined;
  readonly typed: string;
  readonly error: string | undefined;
  readonly isFocusedFirst?: boolean;
  readonly onType: (text: string) => void;
  /** Another card than the one that was swiped. */
  readonly onClear: () => void;
};

/** The blank card in hand: swiped, or its number typed. */
export function BlankCardField({ label, hint, swiped, typed, error, isFocusedFirst = false, onType, onClear }: Props) {
  const { t } = useTexts();
  if (!swiped)
    return (
      <TextField
        label={label}
        hint={hint}
        value={typed}
        onChange={onType}
        error={error}
        size="numeral"
        inputMode="numeric"
        maxLength={32}
        isFocusedFirst={isFocusedFirst}
      />
    );
  return (
    <div className={styles.preview} role="status">
      <CreditCardOutlined aria-hidden="true" />
      <span className={styles.planName}>{t("issue.swiped", { last4: swiped.last4 })}</span>
      <Button onClick={onClear}>{t("issue.swiped.clear")}</Button>
    </div>
  );
}

/** The number as it is sent. */
export const typedNumber = (text: string): string => text.normalize("NFKC").replaceAll(" ", "");
/** Shorter than any card's number. */
export const isTooShort = (text: string): boolean => typedNumber(text).length < 4;
