import { useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import { restoreReasons, type RestoreReason } from "#shared/domain/expiry/restore-reason.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./explain-dialog.module.css";

type Props = {
  readonly memberId: string;
  readonly lapsedOn: string;
  /** What expired on that day and was not given back. */
  readonly points: number;
};

/** Gives expired points back, by a decision of whoever may: head office makes new ones, which last for some days. */
export function RestoreForm({ memberId, lapsedOn, points }: Props) {
  const { t, date, number } = useTexts();
  const [typed, setTyped] = useState(String(points));
  const [reason, setReason] = useState<RestoreReason>("ourFault");
  const [requestId, setRequestId] = useState(uuidv7);
  const [isChecked, setIsChecked] = useState(false);
  const wanted = /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : 0;
  const isWrong = wanted < 1 || wanted > points;
  const restore = useAct(station.points.restore, () => setRequestId(uuidv7()));
  const done = restore.mutation.data;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (!isWrong) restore.run({ requestId, memberId, lapsedOn, points: wanted, reason });
  };

  if (done) {
    return (
      <p className={styles.done} role="status">
        {t("member.restore.done", { points: number(done.points), date: date(done.expiresOn) })}
      </p>
    );
  }
  return (
    <form className={styles.restore} onSubmit={onSubmit} noValidate>
      <h3 className={styles.title}>{t("member.restore")}</h3>
      <p className={styles.why}>{t("member.restore.lead")}</p>
      {restore.trouble && <RefusalNotice trouble={restore.trouble} />}
      <TextField
        label={t("member.restore.points")}
        value={typed}
        onChange={setTyped}
        error={isChecked && isWrong ? t("member.restore.points.wrong", { points: number(points) }) : undefined}
        inputMode="numeric"
      />
      <ChoiceGroup
        label={t("member.restore.reason")}
        choices={restoreReasons.map((id) => ({ id, text: t(`member.restore.reason.${id}`) }))}
        chosen={reason}
        onChoose={setReason}
      />
      <SubmitButton isBusy={restore.isBusy}>{t("member.restore.do")}</SubmitButton>
    </form>
  );
}
