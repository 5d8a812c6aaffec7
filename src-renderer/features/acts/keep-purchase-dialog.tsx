import { useQuery } from "@tanstack/react-query";
import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { parseAmount, plainFigures } from "../../app/acts/amount.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { SwipedCard } from "./blank-card-field.tsx";
import { RuleChoice } from "./rule-choice.tsx";
import styles from "./form.module.css";

type Props = { readonly card: SwipedCard; readonly onClose: () => void };

/** A purchase with a card that nobody is known for here: it is kept, and its points follow when the card is known. */
export function KeepPurchaseDialog({ card, onClose }: Props) {
  const { t } = useTexts();
  const [slip, setSlip] = useState<string>();
  return (
    <Dialog title={t("keep.title", { last4: card.last4 })} place="middle" onClose={onClose}>
      {slip === undefined ? (
        <KeepForm card={card} onKept={setSlip} />
      ) : (
        <div className={styles.form}>
          <Notice tone="good" title={t("keep.done")} aside={t("refusal.say", { sentence: t("keep.done.say") })}>
            {t("keep.done.slip", { slip })}
          </Notice>
          <Button type="primary" size="large" onClick={onClose} autoFocus>
            {t("keep.close")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function KeepForm({ card, onKept }: { readonly card: SwipedCard; readonly onKept: (slip: string) => void }) {
  const { t } = useTexts();
  const [requestId] = useState(uuidv7);
  const [receipt, setReceipt] = useState("");
  const [typed, setTyped] = useState("");
  const [ruleId, setRuleId] = useState<string>();
  const [isChecked, setIsChecked] = useState(false);
  const receiptField = useRef<InputRef>(null);
  const amountField = useRef<InputRef>(null);
  const rules = useQuery(queries.points.rules.queryOptions());
  const keep = useAct(station.points.keepPurchase, ({ slip }) => onKept(slip));
  const changedRule = keep.trouble?.code === "RULE_CHANGED" ? keep.trouble.data.rule : undefined;
  const known = rules.data?.find((rule) => rule.ruleId === ruleId) ?? rules.data?.[0];
  // A rule that changed meanwhile is shown with its new rate, and the next Enter takes it.
  const rule = changedRule?.ruleId === known?.ruleId ? (changedRule ?? known) : known;
  const amount = parseAmount(typed);
  const receiptNumber = receipt.normalize("NFKC").trim();

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (receiptNumber === "" || !amount.ok || !rule) {
      // The first Enter after the receipt number leads on to the amount; only a second one complains.
      setIsChecked(receiptNumber === "" || document.activeElement === amountField.current?.input);
      (receiptNumber === "" ? receiptField : amountField).current?.focus();
      return;
    }
    const purchase = { receiptNumber, amountFen: amount.amountFen };
    keep.run({ requestId, card: { handle: card.handle }, purchase, ruleId: rule.ruleId, ruleVersion: rule.version });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <p>{t("keep.about")}</p>
      <div className={styles.pair}>
        <TextField
          label={t("award.receipt")}
          value={receipt}
          onChange={setReceipt}
          error={isChecked && receiptNumber === "" ? t("award.receipt.missing") : undefined}
          size="numeral"
          maxLength={40}
          inputRef={receiptField}
          isFocusedFirst
        />
        <TextField
          label={t("award.amount")}
          value={typed}
          onChange={(text) => setTyped(plainFigures(text))}
          error={!amount.ok && (isChecked || amount.fault !== "empty") ? t(`award.amount.${amount.fault}`) : undefined}
          prefix="¥"
          size="numeral"
          inputMode="decimal"
          maxLength={20}
          inputRef={amountField}
        />
      </div>
      {rules.data && rules.data.length > 0 && <RuleChoice rules={rules.data} chosen={rule} onChoose={setRuleId} />}
      {keep.trouble && <RefusalNotice trouble={keep.trouble} facts={{ last4: card.last4 }} />}
      <div className={styles.finish}>
        <output className={styles.preview}>
          <span className={styles.previewLabel}>{t("keep.preview")}</span>
          <Numeral value={rule && amount.ok ? pointsFor(rule, amount.amountFen) : 0} size="large" isSigned />
          <span className={styles.previewLabel}>{t("acts.points")}</span>
        </output>
        <SubmitButton isBusy={keep.isBusy} isDisabled={!rule}>
          {t("keep.submit")}
        </SubmitButton>
      </div>
    </form>
  );
}
