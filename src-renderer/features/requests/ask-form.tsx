import type { InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { parseAmount } from "../../app/acts/amount.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./requests.module.css";

const kinds = ["refund", "void"] as const;
const blank = { kind: "refund", receiptNumber: "", amount: "", slip: "", reason: "" };

/** Asks for one thing; what was typed stays until it is asked, also over a visit to the counter. */
export function AskForm({ onAsked }: { readonly onAsked: () => void }) {
  const { t } = useTexts();
  const draft = useDraft("request", undefined, blank);
  const [isChecked, setIsChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const firstField = useRef<InputRef>(null);
  const { receiptNumber, slip } = draft.fields;
  const kind = draft.fields.kind === "void" ? "void" : "refund";
  const amount = parseAmount(draft.fields.amount);
  const reason = draft.fields.reason.trim();

  const done = (): void => {
    draft.discard();
    setIsChecked(false);
    firstField.current?.focus();
    onAsked();
  };
  const refund = useAct(station.requests.refund, done);
  const undo = useAct(station.requests.void, done);
  const sending = kind === "refund" ? refund : undo;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    const requestId = draft.requestIdAfter(sending.trouble);
    if (reason !== "" && kind === "refund" && receiptNumber.trim() !== "" && amount.ok)
      return refund.run({ requestId, receiptNumber, amountFen: amount.amountFen, reason });
    if (reason !== "" && kind === "void" && slip.trim() !== "") return undo.run({ requestId, slip, memberId: null, reason });
    // The first field that is wrong, once it says so.
    requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>("[aria-invalid=true]")?.focus());
  };
  const wrong = (isWrong: boolean, words: string): string | undefined => (isChecked && isWrong ? words : undefined);

  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate>
      <fieldset className={styles.kinds}>
        <legend className={styles.legend}>{t("requests.ask")}</legend>
        {kinds.map((option) => (
          <label key={option} className={styles.kind}>
            <input type="radio" name="kind" checked={option === kind} onChange={() => draft.change({ kind: option })} />
            <span>{t(`requests.kind.${option}`)}</span>
          </label>
        ))}
      </fieldset>
      {sending.trouble && <RefusalNotice trouble={sending.trouble} />}
      {kind === "refund" ? (
        <>
          <TextField
            label={t("requests.receipt")}
            value={receiptNumber}
            onChange={(text) => draft.change({ receiptNumber: text })}
            error={wrong(receiptNumber.trim() === "", t("requests.receipt.missing"))}
            maxLength={40}
            inputRef={firstField}
            isFocusedFirst
          />
          <TextField
            label={t("requests.amount")}
            value={draft.fields.amount}
            onChange={(text) => draft.change({ amount: text })}
            error={wrong(!amount.ok, t("requests.amount.wrong"))}
            inputMode="decimal"
            maxLength={20}
          />
        </>
      ) : (
        <TextField
          label={t("requests.slip")}
          value={slip}
          onChange={(text) => draft.change({ slip: text })}
          error={wrong(slip.trim() === "", t("requests.slip.wrong"))}
          hint={t("requests.slip.hint")}
          maxLength={40}
          inputRef={firstField}
          isFocusedFirst
        />
      )}
      <TextField
        label={t("requests.reason")}
        value={draft.fields.reason}
        onChange={(text) => draft.change({ reason: text })}
        error={wrong(reason === "", t("requests.reason.missing"))}
        maxLength={200}
      />
      <SubmitButton isBusy={sending.isBusy}>{t("requests.submit")}</SubmitButton>
    </form>
  );
}
