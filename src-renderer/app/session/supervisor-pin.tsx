import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { SupervisorProof } from "#shared/contracts/session.ts";
import type { StaffCardRead } from "#shared/contracts/station.ts";
import { pinShape } from "#shared/domain/staff/pin.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useTexts } from "../intl/use-texts.ts";
import styles from "./supervisor-dialog.module.css";

type Props = {
  readonly card: StaffCardRead;
  readonly isBusy: boolean;
  readonly onProof: (proof: SupervisorProof, onRefused: () => void) => void;
  /** Back to name and password. */
  readonly onPassword: () => void;
};

/** The PIN of the staff card that the supervisor just swiped. */
export function SupervisorPin({ card, isBusy, onProof, onPassword }: Props) {
  const { t } = useTexts();
  const [pin, setPin] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const field = useRef<InputRef>(null);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(!pinShape.test(pin));
    if (!pinShape.test(pin)) return;
    onProof({ cardHandle: card.cardHandle, pin }, () => {
      setPin("");
      field.current?.focus();
    });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <TextField
        label={t("supervisor.pin", { name: card.name })}
        value={pin}
        onChange={setPin}
        error={isChecked ? t("supervisor.pin.wrong") : undefined}
        inputMode="numeric"
        maxLength={12}
        inputRef={field}
        isFocusedFirst
        isSecret
      />
      <SubmitButton isBusy={isBusy}>{t("supervisor.submit")}</SubmitButton>
      <Button size="large" onClick={onPassword}>
        {t("supervisor.pin.password")} <KeyCap>Esc</KeyCap>
      </Button>
    </form>
  );
}
