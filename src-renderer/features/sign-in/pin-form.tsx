import { useMutation } from "@tanstack/react-query";
import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { StaffCardRead } from "#shared/contracts/station.ts";
import { pinShape } from "#shared/domain/staff/pin.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./sign-in.module.css";

type Props = {
  readonly card: StaffCardRead;
  readonly onSignedIn: (operator: OperatorView) => void;
  /** Back to name and password. */
  readonly onPassword: () => void;
};

/** The PIN of the staff card that was just swiped. */
export function PinForm({ card, onSignedIn, onPassword }: Props) {
  const { t } = useTexts();
  const [pin, setPin] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const field = useRef<InputRef>(null);
  useCommands("form", { back: onPassword });
  const signIn = useMutation(queries.session.signInByCard.mutationOptions({ onSuccess: onSignedIn }));
  const trouble = troubleOf(signIn.error);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (!pinShape.test(pin) || signIn.isPending) return;
    setIsChecked(false);
    const onError = (): void => {
      setPin("");
      field.current?.focus();
    };
    signIn.mutate({ cardHandle: card.cardHandle, pin }, { onError });
  };

  return (
    <main className={styles.screen}>
      <form className={styles.card} onSubmit={onSubmit} noValidate>
        <h1 className={styles.title}>{t("signIn.pin.title", { name: card.name })}</h1>
        {trouble && <RefusalNotice trouble={trouble} />}
        <TextField
          label={t("signIn.pin")}
          value={pin}
          onChange={setPin}
          error={isChecked && !pinShape.test(pin) ? t("signIn.pin.wrong") : undefined}
          inputMode="numeric"
          maxLength={12}
          inputRef={field}
          isFocusedFirst
          isSecret
        />
        <SubmitButton isBusy={signIn.isPending}>{t("signIn.submit")}</SubmitButton>
        <Button size="large" onClick={onPassword}>
          {t("signIn.pin.password")} <KeyCap>Esc</KeyCap>
        </Button>
      </form>
    </main>
  );
}
