import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { undoOfferMs, type UndoOffer } from "./use-undo.ts";
import styles from "./workplace.module.css";

/** Undo instead of "are you sure": the act is done, and one key takes it back. */
export function UndoBar({ offer, isBusy, onUndo }: { readonly offer: UndoOffer; readonly isBusy: boolean; readonly onUndo: () => void }) {
  const { t, number } = useTexts();
  const { kind, member, points } = offer.outcome;
  const words = kind === "redeem" ? "workplace.undo.redeem" : kind === "proposal" ? "workplace.undo.proposal" : "workplace.undo.award";
  return (
    <div className={styles.toast} role="status" key={offer.opId}>
      <CheckCircleFilled aria-hidden="true" />
      <span className={styles.toastText}>{t(words, { name: member.name, points: number(Math.abs(points ?? 0)) })}</span>
      <Button onClick={onUndo} loading={isBusy} ghost>
        {t("workplace.undo.do")} <KeyCap>F8</KeyCap>
      </Button>
      <span className={styles.toastTime} style={{ animationDuration: `${undoOfferMs}ms` }} aria-hidden="true" />
    </div>
  );
}
