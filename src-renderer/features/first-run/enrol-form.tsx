import { useMutation } from "@tanstack/react-query";
import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { SetupState } from "#shared/contracts/setup.ts";
import { queries, type Code } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeLength, groupCode, plainCode } from "./enrolment-code.ts";
import styles from "./first-run.module.css";

type Props = { readonly onBack: () => void; readonly onChanged: (setup: SetupState) => void };

const ofTheCode: readonly Code[] = ["CODE_MALFORMED", "CODE_WRONG", "CODE_EXPIRED", "CODE_USED", "CODE_BLOCKED"];

const isAddress = (text: string): boolean => /^https?:\/\/[^\s/]+/.test(text);

/** Address and one-time code; what was typed stays whatever happens. */
export function EnrolForm({ onBack, onChanged }: Props) {
  const { t } = useTexts();
  const [url, setUrl] = useState("https://");
  const [code, setCode] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const urlField = useRef<InputRef>(null);
  const codeField = useRef<InputRef>(null);
  const enrol = useMutation(
    queries.setup.enrol.mutationOptions({
      onSuccess: onChanged,
      // The field to mend takes the focus, so that its error is read out and the next key corrects it.
      onError: (error) => {
        const failed = troubleOf(error);
        (failed && ofTheCode.some((known) => known === failed.code) ? codeField : urlField).current?.focus();
      },
    }),
  );
  const trouble = troubleOf(enrol.error);
  const address = url.normalize("NFKC").trim();
  const letters = plainCode(code);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (isAddress(address) && letters.length === codeLength) {
      if (!enrol.isPending) enrol.mutate({ url: address, code: letters });
      return;
    }
    const isLeadingOn = isAddress(address) && letters === "" && document.activeElement === urlField.current?.input;
    setIsChecked(!isLeadingOn);
    (isAddress(address) ? codeField : urlField).current?.focus();
  };

  return (
    <main className={`${styles.screen} ${styles.narrow}`}>
      <form className={styles.card} onSubmit={onSubmit} noValidate>
        <h1 className={styles.title}>{t("firstRun.enrol.title")}</h1>
        {trouble && <RefusalNotice trouble={trouble} />}
        <TextField
          label={t("firstRun.enrol.url")}
          hint={t("firstRun.enrol.url.hint")}
          value={url}
          onChange={setUrl}
          error={isChecked && !isAddress(address) ? t("firstRun.enrol.url.missing") : undefined}
          inputMode="url"
          inputRef={urlField}
          isFocusedFirst
        />
        <TextField
          label={t("firstRun.enrol.code")}
          hint={t("firstRun.enrol.code.hint", { count: letters.length })}
          value={code}
          onChange={(text) => setCode(groupCode(text))}
          error={isChecked && letters.length !== codeLength ? t("firstRun.enrol.code.missing", { count: letters.length }) : undefined}
          size="numeral"
          inputRef={codeField}
        />
        <div className={styles.actions}>
          <SubmitButton isBusy={enrol.isPending}>{t("firstRun.enrol.submit")}</SubmitButton>
          <Button size="large" onClick={onBack}>
            {t("firstRun.back")} <KeyCap>Esc</KeyCap>
          </Button>
        </div>
      </form>
    </main>
  );
}
