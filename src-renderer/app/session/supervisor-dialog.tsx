import { useMutation } from "@tanstack/react-query";
import type { InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { LendablePermission } from "#shared/domain/staff/roles.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { station } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import { troubleOf } from "../refusals/trouble-of.ts";
import styles from "./supervisor-dialog.module.css";

type Props = {
  readonly permission: LendablePermission;
  /** Of the act that is waiting. */
  readonly requestId: string;
  readonly onAuthorised: () => void;
  readonly onClose: () => void;
};

/** A supervisor proves who they are for one act of the person who goes on working here. */
export function SupervisorDialog({ permission, requestId, onAuthorised, onClose }: Props) {
  const { t } = useTexts();
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const userField = useRef<InputRef>(null);
  const passwordField = useRef<InputRef>(null);
  useCommands("dialog", { back: onClose }, { isModal: true });
  const authorise = useMutation({
    mutationFn: (supervisor: { readonly userName: string; readonly password: string }) =>
      station.session.authorise({ permission, requestId, supervisor }),
    onSuccess: onAuthorised,
    onError: () => {
      setPassword("");
      passwordField.current?.focus();
    },
  });
  const trouble = troubleOf(authorise.error);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const hasName = userName.trim() !== "";
    if (hasName && password !== "") {
      setIsChecked(false);
      if (!authorise.isPending) authorise.mutate({ userName: userName.trim(), password });
      return;
    }
    const isLeadingOn = hasName && document.activeElement === userField.current?.input;
    setIsChecked(!isLeadingOn);
    (hasName ? passwordField : userField).current?.focus();
  };

  return (
    <Dialog title={t("supervisor.title")} place="middle" onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        <p className={styles.act}>{t(`supervisor.for.${permission}`)}</p>
        <p className={styles.lead}>{t("supervisor.lead")}</p>
        {trouble && <RefusalNotice trouble={trouble} />}
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
        <SubmitButton isBusy={authorise.isPending}>{t("supervisor.submit")}</SubmitButton>
      </form>
    </Dialog>
  );
}
