import type { InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { SupervisorProof } from "#shared/contracts/session.ts";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useTexts } from "../intl/use-texts.ts";
import styles from "./supervisor-dialog.module.css";

type Props = { readonly isBusy: boolean; readonly onProof: (proof: SupervisorProof, onRefused: () => void) => void };

/** The supervisor's name and password. */
export function SupervisorPassword({ isBusy, onProof }: Props) {
  const { t } = useTexts();
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const userField = useRef<InputRef>(null);
  const passwordField = useRef<InputRef>(null);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const hasName = userName.trim() !== "";
    if (hasName && password !== "") {
      setIsChecked(false);
      onProof({ userName: userName.trim(), password }, () => {
        setPassword("");
        passwordField.current?.focus();
      });
      return;
    }
    const isLeadingOn = hasName && document.activeElement === userField.current?.input;
    setIsChecked(!isLeadingOn);
    (hasName ? passwordField : userField).current?.focus();
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <TextField
        label={t("supervisor.userName")}
        value={userName}
        onChange={setUserName}
        error={isChecked && userName.trim() === "" ? t("supervisor.userName.missing") : undefined}
        maxLength={64}
        inputRef={userField}
        isFocusedFirst
      />
      <TextField
        label={t("supervisor.password")}
        value={password}
        onChange={setPassword}
        error={isChecked && userName.trim() !== "" && password === "" ? t("supervisor.password.missing") : undefined}
        maxLength={256}
        inputRef={passwordField}
        isSecret
      />
      <SubmitButton isBusy={isBusy}>{t("supervisor.submit")}</SubmitButton>
    </form>
  );
}
