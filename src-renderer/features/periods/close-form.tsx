import { useState, type FormEvent } from "react";
import { addDays } from "#shared/domain/time/calendar.ts";
import { parseDate } from "../../app/acts/typed-date.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Waiting } from "./waiting.tsx";
import styles from "./periods.module.css";

type Props = {
  /** The last closed date; undefined while nothing is closed. */
  readonly closedUntil: string | undefined;
  readonly today: string | undefined;
  readonly isWithoutLine: boolean;
  readonly onClosed: (until: string) => void;
};

/** Closes the books up to a date, with what may still come late in sight. */
export function CloseForm({ closedUntil, today, isWithoutLine, onClosed }: Props) {
  const { t, date } = useTexts();
  const draft = useDraft("period", undefined, { until: today === undefined ? "" : addDays(today, -1) });
  const [isChecked, setIsChecked] = useState(false);
  const until = parseDate(draft.fields.until);
  const isWrong = until === undefined || (closedUntil !== undefined && until <= closedUntil) || (today !== undefined && until >= today);
  const close = useAct(station.periods.close, (period) => {
    draft.discard();
    setIsChecked(false);
    onClosed(period.until);
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (until !== undefined && !isWrong) close.run({ requestId: draft.requestIdAfter(close.trouble), until });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {close.trouble && <RefusalNotice trouble={close.trouble} />}
      <TextField
        label={t("periods.closeUntil")}
        value={draft.fields.until}
        onChange={(text) => draft.change({ until: text })}
        error={isChecked && isWrong ? t("periods.closeUntil.wrong") : undefined}
        hint={closedUntil === undefined ? t("periods.nothingClosed") : t("periods.closedUntil", { date: date(closedUntil) })}
      />
      {until !== undefined && !isWrong && <Waiting until={until} isWithoutLine={isWithoutLine} />}
      <SubmitButton isBusy={close.isBusy}>{t("periods.close")}</SubmitButton>
    </form>
  );
}
