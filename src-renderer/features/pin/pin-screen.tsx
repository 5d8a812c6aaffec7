import { useState, type FormEvent } from "react";
import { pinShape } from "#shared/domain/staff/pin.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./pin.module.css";

const blank = { password: "", pin: "", again: "" };

/** Everybody chooses the PIN of their own staff card, knowing their password. Nothing of it is kept as a draft. */
export default function PinScreen({ status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const [fields, setFields] = useState(blank);
  const [isChecked, setIsChecked] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const set = useAct(station.session.setPin, () => {
    setFields(blank);
    setIsChecked(false);
    setIsDone(true);
  });
  const { password, pin, again } = fields;
  const change = (changed: Partial<typeof blank>): void => {
    setFields({ ...fields, ...changed });
    setIsDone(false);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (password !== "" && pinShape.test(pin) && pin === again) set.run({ password, pin });
  };

  return (
    <OfficePage id="pin" title={t("pin.title")} lead={t("pin.lead")} status={status} trouble={undefined} onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {set.trouble && <RefusalNotice trouble={set.trouble} />}
        {isDone && (
          <TakesFocus>
            <Notice tone="good" title={t("pin.done")} />
          </TakesFocus>
        )}
        <TextField
          label={t("pin.password")}
          value={password}
          onChange={(text) => change({ password: text })}
          error={isChecked && password === "" ? t("pin.password.missing") : undefined}
          autoComplete="current-password"
          maxLength={256}
          isSecret
          isFocusedFirst
        />
        <TextField
          label={t("pin.pin")}
          value={pin}
          onChange={(text) => change({ pin: text })}
          error={isChecked && !pinShape.test(pin) ? t("pin.pin.wrong") : undefined}
          inputMode="numeric"
          maxLength={12}
          isSecret
        />
        <TextField
          label={t("pin.again")}
          value={again}
          onChange={(text) => change({ again: text })}
          error={isChecked && again !== pin ? t("pin.again.wrong") : undefined}
          inputMode="numeric"
          maxLength={12}
          isSecret
        />
        <SubmitButton isBusy={set.isBusy}>{t("pin.submit")}</SubmitButton>
      </form>
    </OfficePage>
  );
}
