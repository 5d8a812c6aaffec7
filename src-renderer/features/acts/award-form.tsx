import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, type InputRef } from "antd";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { EarningRuleView } from "#shared/contracts/points.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { parseAmount, plainFigures } from "../../app/acts/amount.ts";
import type { Outcome } from "./outcome.ts";
import { RestoredNote } from "./restored-note.tsx";
import { RuleChoice } from "./rule-choice.tsx";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

type Props = { readonly member: MemberCard; readonly onDone: (outcome: Outcome) => void };

const blank = { receiptNumber: "", amount: "", ruleId: "" };

/** Points for a receipt. Enter goes to what is still empty, then sends. */
export function AwardForm({ member, onDone }: Props) {
  const { t, name, number } = useTexts();
  const client = useQueryClient();
  const draft = useDraft("award", member.memberId, blank);
  const [wasRestored, setWasRestored] = useState(draft.fields.receiptNumber !== "" || draft.fields.amount !== "");
  const [isChecked, setIsChecked] = useState(false);
  const amountField = useRef<InputRef>(null);
  const receiptField = useRef<InputRef>(null);

  const rules = useQuery(queries.points.rules.queryOptions());
  const rule = rules.data?.find(({ ruleId }) => ruleId === draft.fields.ruleId) ?? rules.data?.[0];
  const amount = parseAmount(draft.fields.amount);
  const receiptNumber = draft.fields.receiptNumber.normalize("NFKC").trim();
  const percent = member.tier?.factorPercent ?? undefined;
  const full = rule && amount.ok ? pointsFor(rule, amount.amountFen, percent) : 0;
  const left = rule?.budgetHere ?? null;
  const capLeft = member.capsLeft.find(({ ruleId }) => ruleId === rule?.ruleId)?.points ?? full;
  const capped = Math.min(full, capLeft);
  const earned = left === null ? capped : Math.min(capped, left);
  const isProposal = rule !== undefined && rule.approval !== "none";

  const award = useAct(station.points.award, (movement) => {
    draft.discard();
    setIsChecked(false);
    setWasRestored(false);
    onDone({
      kind: movement.isProposal ? "proposal" : "award",
      member: movement.member,
      points: movement.points,
      undoableOpId: movement.opId,
      slip: movement.slip,
      cutByBudget: movement.cutByBudget,
      cutByCap: movement.cutByCap,
    });
  });
  const { trouble } = award;
  const changedRule = trouble?.code === "RULE_CHANGED" ? trouble.data.rule : undefined;
  useEffect(() => {
    if (changedRule) void client.invalidateQueries({ queryKey: queries.points.rules.key() });
  }, [client, changedRule]);

  const send = (by: EarningRuleView): void => {
    if (!amount.ok) return;
    award.run({
      requestId: draft.requestIdAfter(trouble),
      memberId: member.memberId,
      purchase: { receiptNumber, amountFen: amount.amountFen },
      ruleId: by.ruleId,
      ruleVersion: by.version,
    });
  };

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (receiptNumber !== "" && amount.ok && rule) return send(changedRule ?? rule);
    if (receiptNumber === "") {
      setIsChecked(true);
      receiptField.current?.focus();
      return;
    }
    // The first Enter after the receipt number leads on to the amount; only a second one complains.
    const isOnAmount = document.activeElement === amountField.current?.input;
    setIsChecked(isOnAmount);
    amountField.current?.focus();
  };

  const change = (patch: Partial<typeof blank>): void => {
    if (trouble) award.forget();
    draft.change(patch);
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {wasRestored && (
        <RestoredNote
          onStartOver={() => {
            draft.discard();
            setWasRestored(false);
            receiptField.current?.focus();
          }}
        />
      )}
      <div className={styles.pair}>
        <TextField
          label={t("award.receipt")}
          value={draft.fields.receiptNumber}
          onChange={(text) => change({ receiptNumber: text })}
          error={isChecked && receiptNumber === "" ? t("award.receipt.missing") : undefined}
          size="numeral"
          maxLength={40}
          inputRef={receiptField}
          isFocusedFirst
        />
        <TextField
          label={t("award.amount")}
          value={draft.fields.amount}
          onChange={(text) => change({ amount: plainFigures(text) })}
          error={!amount.ok && (isChecked || amount.fault !== "empty") ? t(`award.amount.${amount.fault}`) : undefined}
          prefix="¥"
          size="numeral"
          inputMode="decimal"
          maxLength={20}
          inputRef={amountField}
        />
      </div>
      {rules.data?.length === 0 && <EmptyList>{t("award.rule.none")}</EmptyList>}
      {rules.data && rules.data.length > 0 && <RuleChoice rules={rules.data} chosen={rule} onChoose={(ruleId) => change({ ruleId })} />}
      {trouble && (
        <RefusalNotice
          trouble={trouble}
          {...(changedRule && amount.ok ? { facts: { points: number(pointsFor(changedRule, amount.amountFen, percent)) } } : {})}
          actions={changedRule && <Button onClick={() => send(changedRule)}>{t("award.goOn")}</Button>}
        />
      )}
      {rule && amount.ok && member.tier?.name && percent !== undefined && (
        <p className={styles.empty} role="status">
          {t("award.preview.tier", {
            tier: name(member.tier.name),
            percent: number(percent),
            points: number(pointsFor(rule, amount.amountFen)),
          })}
        </p>
      )}
      {capped < full && (
        <p className={styles.empty} role="status">
          {t("award.preview.capped", { left: number(capped), cut: number(full - capped) })}
        </p>
      )}
      {earned < capped && (
        <p className={styles.empty} role="status">
          {earned === 0 ? t("award.preview.usedUp") : t("award.preview.cut", { left: number(earned), cut: number(capped - earned) })}
        </p>
      )}
      <div className={styles.finish}>
        <output className={styles.preview}>
          <span className={styles.previewLabel}>{t(isProposal ? "award.preview.proposal" : "award.preview")}</span>
          <Numeral value={earned} size="large" isSigned />
          <span className={styles.previewLabel}>{t("acts.points")}</span>
        </output>
        <SubmitButton isBusy={award.isBusy} isDisabled={!rule}>
          {t(isProposal ? "award.submit.proposal" : "award.submit")}
        </SubmitButton>
      </div>
    </form>
  );
}
