import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useTexts } from "../../app/intl/use-texts.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import type { Outcome } from "./outcome.ts";
import styles from "./outcome-panel.module.css";

type Props = {
  readonly outcome: Outcome;
  readonly onNext: () => void;
  readonly onAward: (() => void) | undefined;
  readonly onRedeem: (() => void) | undefined;
  readonly onIssue: (() => void) | undefined;
};

/** What has just been done, large enough to turn the screen to the customer; Enter is ready for the next one. */
export function OutcomePanel({ outcome, onNext, onAward, onRedeem, onIssue }: Props) {
  const { t, number } = useTexts();
  const { member, points, kind, slip, cutByBudget = 0, cutByCap = 0 } = outcome;
  const { balance, spendableHere } = member.balance;
  return (
    <div className={styles.panel}>
      <div role="status" className={styles.words}>
        <p className={styles.title}>
          <CheckCircleFilled aria-hidden="true" />
          {kind === "issue" || kind === "replace" ? t(`outcome.${kind}`, { last4: member.card?.last4 ?? "" }) : t(`outcome.${kind}`)}
        </p>
        {points !== null && (
          <p className={styles.points}>
            <Numeral value={points} size="huge" isSigned />
            <span className={styles.unit}>{t("acts.points")}</span>
          </p>
        )}
        <p className={styles.after}>
          {member.name}
          {points !== null && balance !== null && ` · ${t("outcome.balance", { points: number(balance) })}`}
          {points !== null && ` · ${t("outcome.spendable", { points: number(spendableHere) })}`}
        </p>
        {cutByCap > 0 && <p className={styles.after}>{t("outcome.cutByCap", { points: number(cutByCap) })}</p>}
        {cutByBudget > 0 && <p className={styles.after}>{t("outcome.cutByBudget", { points: number(cutByBudget) })}</p>}
        {slip !== undefined && <p className={styles.after}>{t("outcome.slip", { slip })}</p>}
      </div>
      <div className={styles.actions}>
        <Button type="primary" size="large" onClick={onNext} autoFocus>
          {t("outcome.done")} <KeyCap>Enter</KeyCap>
        </Button>
        {onAward && (
          <Button size="large" onClick={onAward}>
            {t("outcome.again")} <KeyCap>F4</KeyCap>
          </Button>
        )}
        {onRedeem && (
          <Button size="large" onClick={onRedeem}>
            {t("outcome.redeemNext")} <KeyCap>F6</KeyCap>
          </Button>
        )}
        {onIssue && (
          <Button size="large" onClick={onIssue}>
            {t("outcome.issueNext")} <KeyCap>F3</KeyCap>
          </Button>
        )}
      </div>
    </div>
  );
}
