import { useState, type FormEvent } from "react";
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
  /** The latest date that can be closed; undefined as long as head office has not said. */
  readonly closableUntil: string | undefined;
  readonly isWithoutLine: boolean;
  readonly onClosed: (until: string) => void;
};

/** Closes the books up to a date, with what may still come late in sight. */
export function CloseForm({ closedUntil, closableUntil, isWithoutLine, onClosed }: Props) {
  const { t, date } = useTexts();
  const draft = useDraft("period", undefined, { until: closableUntil ?? "" });
  const [isChecked, setIsChecked] = useState(false);
  const until = parseDate(draft.fields.until);
  const isClosed = closedUntil !== undefined && until !== undefined && until <= closedUntil;
  const isTooEarly = closableUntil !== undefined && until !== undefined && until > closableUntil;
  const isWrong = until === undefined || isClosed || isTooEarly;
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
