import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { idleLockMinutes } from "#shared/domain/settings/idle-lock.ts";
import { parseQuantity } from "../../app/acts/amount.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./this-counter.module.css";

/** What is set for this computer alone. */
export default function ThisCounterScreen({ status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const [isChecked, setIsChecked] = useState(false);
  const save = useMutation(
    queries.settings.setIdleLock.mutationOptions({
      onSuccess: () => {
        setTyped(undefined);
        setIsChecked(false);
        return client.invalidateQueries({ queryKey: queries.station.status.queryKey() });
      },
    }),
  );
  const trouble = troubleOf(save.error);
  const shown = typed ?? String(status?.idleLockMinutes ?? "");
  const minutes = readMinutes(shown);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (minutes !== undefined && !save.isPending) save.mutate({ minutes });
  };

  return (
    <ScreenPage id="this-counter" title={t("thisCounter.title")} lead={t("thisCounter.lead")} onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {trouble && <RefusalNotice trouble={trouble} />}
        {save.isSuccess && typed === undefined && (
          <TakesFocus>
            <Notice tone="good" title={t("thisCounter.saved")} />
          </TakesFocus>
        )}
        <TextField
          label={t("thisCounter.idle")}
          value={shown}
          onChange={setTyped}
          error={isChecked && minutes === undefined ? t("thisCounter.idle.wrong", idleLockMinutes) : undefined}
          hint={t("thisCounter.idle.hint", idleLockMinutes)}
          inputMode="numeric"
          maxLength={4}
          isFocusedFirst
        />
        <SubmitButton isBusy={save.isPending}>{t("thisCounter.save")}</SubmitButton>
      </form>
    </ScreenPage>
  );
}

/** @returns whole minutes within the limits, full-width figures included */
function readMinutes(text: string): number | undefined {
  const minutes = parseQuantity(text) ?? 0;
  return minutes >= idleLockMinutes.min && minutes <= idleLockMinutes.max ? minutes : undefined;
}
