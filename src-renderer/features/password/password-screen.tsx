import { useState, type FormEvent } from "react";
import { passwordLengthMax, passwordLengthMin } from "#shared/domain/staff/password.ts";
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
import styles from "./password.module.css";

const blank = { old: "", next: "", again: "" };

/** Everybody changes their own password, knowing the old one. What is typed stays in this page's memory and goes when they sign out. */
export default function PasswordScreen({ status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const [fields, setFields] = useState(blank);
  const [isChecked, setIsChecked] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const changing = useAct(station.session.changePassword, () => {
    setFields(blank);
    setIsChecked(false);
    setIsDone(true);
  });
  const { old, next, again } = fields;
  const isShort = next.length < passwordLengthMin;
  const change = (changed: Partial<typeof blank>): void => {
    setFields({ ...fields, ...changed });
    setIsDone(false);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (old !== "" && !isShort && next === again) changing.run({ password: old, newPassword: next });
  };

  return (
    <OfficePage id="password" title={t("password.title")} lead={t("password.lead")} status={status} trouble={undefined} onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {changing.trouble && <RefusalNotice trouble={changing.trouble} />}
        {isDone && (
          <TakesFocus>
            <Notice tone="good" title={t("password.done")} />
          </TakesFocus>
        )}
        <TextField
          label={t("password.old")}
          value={old}
          onChange={(text) => change({ old: text })}
          error={isChecked && old === "" ? t("password.old.missing") : undefined}
          autoComplete="current-password"
          maxLength={passwordLengthMax}
          isSecret
          isFocusedFirst
        />
        <TextField
          label={t("password.new")}
          value={next}
          onChange={(text) => change({ next: text })}
          error={isChecked && isShort ? t("password.new.short", { min: passwordLengthMin }) : undefined}
          autoComplete="new-password"
          maxLength={passwordLengthMax}
          isSecret
        />
        <TextField
          label={t("password.again")}
          value={again}
          onChange={(text) => change({ again: text })}
          error={isChecked && again !== next ? t("password.again.wrong") : undefined}
          autoComplete="new-password"
          maxLength={passwordLengthMax}
          isSecret
        />
        <SubmitButton isBusy={changing.isBusy}>{t("password.submit")}</SubmitButton>
      </form>
    </OfficePage>
  );
}
