import { useMutation } from "@tanstack/react-query";
import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import type { Enrolled } from "#shared/contracts/setup.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { factsOf, wordsOf, type Trouble } from "../../app/refusals/refusal-words.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeLength, groupCode, plainCode } from "./enrolment-code.ts";
import styles from "./first-run.module.css";

type Props = { readonly onBack: () => void; readonly onEnrolled: (enrolled: Enrolled) => void };

/** Which field a refusal is about; the others stand above the form. */
const ofTheCode: readonly Trouble["code"][] = ["CODE_MALFORMED", "CODE_WRONG", "CODE_EXPIRED", "CODE_USED", "CODE_BLOCKED"];
const ofTheAddress: readonly Trouble["code"][] = ["SERVER_KEY_MISMATCH", "INSECURE_ADDRESS", "UNREACHABLE"];

const isAddress = (text: string): boolean => /^https?:\/\/[^\s/]+/.test(text);

/** Address and one-time code; what was typed stays whatever happens. */
export function EnrolForm({ onBack, onEnrolled }: Props) {
  const texts = useTexts();
  const { t } = texts;
  const [url, setUrl] = useState("https://");
  const [code, setCode] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const urlField = useRef<InputRef>(null);
  const codeField = useRef<InputRef>(null);
  const enrol = useMutation(queries.setup.enrol.mutationOptions({ onSuccess: onEnrolled, gcTime: 0 }));
  const trouble = troubleOf(enrol.error);
  const troubleAt = (codes: readonly Trouble["code"][]): string | undefined => {
    if (!trouble || !codes.includes(trouble.code)) return undefined;
    const words = wordsOf[trouble.code];
    const facts = factsOf(trouble, texts);
    return [t(words.title, facts), t(words.remedy, facts)].join(" · ");
  };
  const address = url.normalize("NFKC").trim();
  const letters = plainCode(code);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (isAddress(address) && letters.length === codeLength) {
      if (enrol.isPending) return;
      // The field to mend takes the focus, so that its error is read out and the next key corrects it.
      const onError = (error: unknown): void => {
        const failed = troubleOf(error);
        (failed && ofTheCode.includes(failed.code) ? codeField : urlField).current?.focus();
      };
      enrol.mutate({ url: address, code: letters }, { onError });
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
        {trouble && !ofTheCode.includes(trouble.code) && !ofTheAddress.includes(trouble.code) && <RefusalNotice trouble={trouble} />}
        <TextField
          label={t("firstRun.enrol.url")}
          hint={t("firstRun.enrol.url.hint")}
          value={url}
          onChange={(text) => {
            enrol.reset();
            setUrl(text);
          }}
          error={isChecked && !isAddress(address) ? t("firstRun.enrol.url.missing") : troubleAt(ofTheAddress)}
          inputMode="url"
          inputRef={urlField}
          isFocusedFirst
        />
        <TextField
          label={t("firstRun.enrol.code")}
          hint={t("firstRun.enrol.code.hint", { count: letters.length })}
          value={code}
          onChange={(text) => {
            enrol.reset();
            setCode(groupCode(text));
          }}
          error={
            isChecked && letters.length !== codeLength ? t("firstRun.enrol.code.missing", { count: letters.length }) : troubleAt(ofTheCode)
          }
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
