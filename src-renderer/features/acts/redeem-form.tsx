import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { PlanView } from "#shared/contracts/redemption.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Supervised } from "../../app/session/supervised.tsx";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { parseQuantity, plainFigures } from "../../app/acts/amount.ts";
import type { Outcome } from "./outcome.ts";
import { ShortOfPoints } from "./short-of-points.tsx";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

type Props = { readonly member: MemberCard; readonly onDone: (outcome: Outcome) => void };

const blank = { planId: "", quantity: "1" };

/** Points against goods or benefits. The price on the screen is the price: a changed plan is shown again and nothing is taken. */
export function RedeemForm({ member, onDone }: Props) {
  const { t, number, name } = useTexts();
  const client = useQueryClient();
  const draft = useDraft("redeem", member.memberId, blank);
  const [isChecked, setIsChecked] = useState(false);
  const plans = useQuery(queries.redemption.plans.queryOptions());
  const plan = plans.data?.find(({ planId }) => planId === draft.fields.planId) ?? plans.data?.[0];
  const quantity = parseQuantity(draft.fields.quantity);
  const { spendableHere } = member.balance;
  const costPoints = plan && quantity !== undefined ? plan.costPoints * quantity : 0;

  const redeem = useAct(station.redemption.redeem, (movement) => {
    draft.discard();
    setIsChecked(false);
    onDone({ kind: "redeem", member: movement.member, points: movement.points, undoableOpId: movement.opId, slip: movement.slip });
  });
  const { trouble } = redeem;
  const changedPlan = trouble?.code === "PLAN_CHANGED" ? trouble.data : undefined;
  useEffect(() => {
    if (changedPlan) void client.invalidateQueries({ queryKey: queries.redemption.plans.key() });
  }, [client, changedPlan]);

  const send = (chosen: Pick<PlanView, "planId" | "version">, count: number): void => {
    redeem.run({
      requestId: draft.requestIdAfter(trouble),
      memberId: member.memberId,
      planId: chosen.planId,
      planVersion: chosen.version,
      quantity: count,
    });
  };
  const goOnAtNewPrice = (version: number): void => {
    if (plan && quantity !== undefined) send({ planId: plan.planId, version }, quantity);
  };

  const onSubmit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (quantity === undefined) return setIsChecked(true);
    if (changedPlan) return goOnAtNewPrice(changedPlan.version);
    if (plan) send(plan, quantity);
  };
  const change = (patch: Partial<typeof blank>): void => {
    if (trouble) redeem.forget();
    draft.change(patch);
  };

  if (plans.data?.length === 0) return <EmptyList>{t("redeem.plans.none")}</EmptyList>;
  return (
    <>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {trouble?.code === "INSUFFICIENT_POINTS" && plan && (
          <ShortOfPoints
            member={member}
            trouble={trouble}
            costEach={plan.costPoints}
            onFewer={(count) => {
              draft.change({ quantity: String(count) });
              send(plan, count);
            }}
            onFetched={() => {
              if (quantity !== undefined) send(plan, quantity);
            }}
          />
        )}
        {trouble && trouble.code !== "INSUFFICIENT_POINTS" && (
          <RefusalNotice
            trouble={trouble}
            actions={changedPlan && <Button onClick={() => goOnAtNewPrice(changedPlan.version)}>{t("redeem.goOn")}</Button>}
          />
        )}
        <div className={styles.plans}>
          <span className={styles.legend}>{t("redeem.plans")}</span>
          <OptionList
            label={t("redeem.plans")}
            options={(plans.data ?? []).map((option) => ({
              id: option.planId,
              content: (
                <span className={styles.planRow}>
                  <span className={styles.planName}>
                    {name(option.name)}
                    {option.shelf && <Shelf shelf={option.shelf} />}
                  </span>
                  <span className={styles.planCost}>{t("redeem.plan.each", { points: number(option.costPoints) })}</span>
                  <span className={styles.planFit}>
                    {option.costPoints <= spendableHere
                      ? t("redeem.plan.enough", { count: number(Math.floor(spendableHere / option.costPoints)) })
                      : t("redeem.plan.short", { points: number(option.costPoints - spendableHere) })}
                  </span>
                </span>
              ),
            }))}
            selectedId={plan?.planId}
            onSelect={(planId) => change({ planId })}
            onCommit={() => onSubmit()}
            isFocusedFirst={plans.isSuccess}
          />
        </div>
        <div className={styles.order}>
          <TextField
            label={t("redeem.quantity")}
            value={draft.fields.quantity}
            onChange={(text) => change({ quantity: plainFigures(text) })}
            error={quantity === undefined && (isChecked || draft.fields.quantity !== "") ? t("redeem.quantity.wrong") : undefined}
            size="numeral"
            inputMode="numeric"
            maxLength={4}
          />
          <output className={styles.preview}>
            <span className={styles.previewLabel}>{t("redeem.total")}</span>
            <Numeral value={costPoints} size="large" />
            <span className={styles.previewLabel}>{t("acts.points")}</span>
          </output>
          <SubmitButton isBusy={redeem.isBusy} isDisabled={!plan}>
            {t("redeem.submit")}
          </SubmitButton>
        </div>
        {costPoints > 0 && costPoints <= spendableHere && (
          <p className={styles.lead}>{t("redeem.left", { points: number(spendableHere - costPoints) })}</p>
        )}
      </form>
      <Supervised act={redeem.mutation} />
    </>
  );
}

/** What lies on the shelf by the books, and as of when: another counter may have handed some out since. */
function Shelf({ shelf: { onHand, asOfMs } }: { readonly shelf: NonNullable<PlanView["shelf"]> }) {
  const { t, number, instant } = useTexts();
  const count = number(Math.max(0, onHand));
  return (
    <span className={styles.planShelf}>
      {asOfMs === null ? t("redeem.shelf", { count }) : t("redeem.shelf.asOf", { count, time: instant(asOfMs) })}
    </span>
  );
}
