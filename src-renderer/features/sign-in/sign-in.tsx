import { useMutation } from "@tanstack/react-query";
import type { InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { StaffCardRead } from "#shared/contracts/station.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PinForm } from "./pin-form.tsx";
import { LockCountdown } from "./lock-countdown.tsx";
import styles from "./sign-in.module.css";

type Account = SetupState["sampleAccounts"][number];
type Props = {
  /** Who locked the counter: their name is filled in, and anybody else may sign in as well. */
  readonly lockedBy: OperatorView | undefined;
  readonly sampleAccounts: readonly Account[];
  /** Swiped just now, by somebody who wants to sign in. */
  readonly staffCard: StaffCardRead | undefined;
  readonly onStaffCardDone: () => void;
  readonly onSignedIn: (operator: OperatorView) => void;
};

/** Who works here now. The station knows its staff, so the line does not matter. */
export function SignIn(props: Props) {
  const { staffCard, onStaffCardDone, onSignedIn } = props;
  if (staffCard?.pin === "set")
    return <PinForm key={staffCard.readId} card={staffCard} onSignedIn={onSignedIn} onPassword={onStaffCardDone} />;
  return <PasswordForm {...props} />;
}

/** Why a card that was swiped is not enough. */
const withoutPin = ({ pin }: StaffCardRead): "none" | "blocked" => (pin === "blocked" ? "blocked" : "none");

function PasswordForm({ lockedBy, sampleAccounts, staffCard, onSignedIn }: Props) {
  const { t } = useTexts();
  const [userName, setUserName] = useState(lockedBy?.userName ?? "");
  const [password, setPassword] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const userField = useRef<InputRef>(null);
  const passwordField = useRef<InputRef>(null);
  const signIn = useMutation(queries.session.signIn.mutationOptions({ onSuccess: onSignedIn }));
  const trouble = troubleOf(signIn.error);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (userName.trim() !== "" && password !== "") {
      setIsChecked(false);
      if (signIn.isPending) return;
      const onError = (): void => {
        setPassword("");
        passwordField.current?.focus();
      };
      signIn.mutate({ userName: userName.trim(), password }, { onError });
      return;
    }
    const isLeadingOn = userName.trim() !== "" && document.activeElement === userField.current?.input;
    setIsChecked(!isLeadingOn);
    (userName.trim() === "" ? userField : passwordField).current?.focus();
  };
  const fill = (account: Account): void => {
    setUserName(account.userName);
    setPassword(account.password);
    setIsChecked(false);
    passwordField.current?.focus();
  };

  return (
    <main className={styles.screen}>
      <form className={styles.card} onSubmit={onSubmit} noValidate>
        <h1 className={styles.title}>{t(lockedBy ? "signIn.locked.title" : "signIn.title")}</h1>
        <p className={styles.lead}>{lockedBy ? t("signIn.locked.lead", { name: lockedBy.displayName }) : t("signIn.lead")}</p>
        {staffCard && (
          <Notice tone="warn" title={t(`signIn.pin.${withoutPin(staffCard)}`, { name: staffCard.name })}>
            {t(`signIn.pin.${withoutPin(staffCard)}.remedy`)}
          </Notice>
        )}
        {trouble && (
          <RefusalNotice trouble={trouble}>
            {trouble.code === "ACCOUNT_LOCKED" && <LockCountdown untilMs={trouble.data.untilMs} onOver={signIn.reset} />}
          </RefusalNotice>
        )}
        <TextField
          label={t("signIn.userName")}
          value={userName}
          onChange={(text) => {
            const account = sampleAccounts[Number(text) - 1];
            // A sample account by its digit: no user name is a single digit, and outside a sample there are none.
            if (account) fill(account);
            else setUserName(text);
          }}
          error={isChecked && userName.trim() === "" ? t("signIn.userName.missing") : undefined}
          autoComplete="username"
          maxLength={64}
          inputRef={userField}
          isFocusedFirst={!lockedBy}
        />
        <TextField
          label={t("signIn.password")}
          value={password}
          onChange={setPassword}
          error={isChecked && userName.trim() !== "" && password === "" ? t("signIn.password.missing") : undefined}
          autoComplete="current-password"
          maxLength={256}
          inputRef={passwordField}
          isFocusedFirst={lockedBy !== undefined}
          isSecret
        />
        <SubmitButton isBusy={signIn.isPending}>{t("signIn.submit")}</SubmitButton>
        {sampleAccounts.length > 0 && (
          <section className={styles.sample} aria-label={t("signIn.sample")}>
            <p className={styles.hint}>
              {t("signIn.sample")} · {t("signIn.sample.fill")}
            </p>
            <div className={styles.accounts}>
              {sampleAccounts.map((account, index) => (
                <button key={account.userName} type="button" className={styles.account} onClick={() => fill(account)}>
                  <KeyCap>{String(index + 1)}</KeyCap>
                  <span>
                    {t(`signIn.role.${account.role}`)}
                    <span className={styles.userName}>{account.userName}</span>
                  </span>
                </button>
              ))}
            </div>
          </section>
        )}
      </form>
    </main>
  );
}
