import { Button, type InputRef } from "antd";
import { useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { RequestView } from "#shared/contracts/requests.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { aboutWords } from "./request-words.ts";
import styles from "./requests.module.css";

/** Undoes what another counter asks for, or says why not. Keyed by its request, so that each answer is an intent of its own. */
export function AnswerForm({ request, onAnswered }: { readonly request: RequestView; readonly onAnswered: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const [reason, setReason] = useState("");
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const [ids] = useState(() => ({ accept: uuidv7(), decline: uuidv7() }));
  const reasonField = useRef<InputRef>(null);
  const accept = useAct(station.requests.accept, onAnswered);
  const decline = useAct(station.requests.decline, onAnswered);
  const trouble = accept.trouble ?? decline.trouble;

  const sayNo = (): void => {
    if (reason.trim() !== "") return decline.run({ requestId: ids.decline, id: request.id, reason: reason.trim() });
    setIsReasonMissing(true);
    reasonField.current?.focus();
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        sayNo();
      }}
      noValidate
    >
      {request.points !== null && <Numeral value={request.points} size="large" isSigned />}
      <p className={styles.detail}>{aboutWords(request, texts)}</p>
      {request.reason !== null && <p className={styles.detail}>{request.reason}</p>}
      {trouble && <RefusalNotice trouble={trouble} />}
      <TextField
        label={t("requests.decline.reason")}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setIsReasonMissing(false);
        }}
        error={isReasonMissing ? t("requests.reason.missing") : undefined}
        maxLength={200}
        inputRef={reasonField}
      />
      <div className={styles.actions}>
        <Button type="primary" size="large" loading={accept.isBusy} onClick={() => accept.run({ requestId: ids.accept, id: request.id })}>
          {t("requests.accept")}
        </Button>
        <Button htmlType="submit" size="large" loading={decline.isBusy}>
          {t("requests.decline")}
        </Button>
      </div>
    </form>
  );
}
