import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { DecideReviewInput, ReviewView } from "#shared/contracts/members.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { factLines, sentWords } from "./review-words.ts";
import styles from "./reviews.module.css";

type Decision = DecideReviewInput["decision"];

/** Both values side by side, and the choice between them. */
export function Choice({ review, onChosen }: { readonly review: ReviewView; readonly onChosen: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const [reason, setReason] = useState("");
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const [requestIds] = useState<Readonly<Record<Decision, string>>>(() => ({ accept: uuidv7(), keep: uuidv7() }));
  const reasonField = useRef<InputRef>(null);
  const acceptButton = useRef<HTMLButtonElement>(null);
  const keepButton = useRef<HTMLButtonElement>(null);
  const decide = useAct(station.members.decideReview, onChosen);

  const send = (decision: Decision): void => {
    const said = reason.trim();
    if (decision === "keep" && said === "") {
      setIsReasonMissing(true);
      reasonField.current?.focus();
      return;
    }
    const { reviewId, round } = review;
    decide.run({ requestId: requestIds[decision], reviewId, round, decision, reason: said === "" ? null : said });
  };
  // Enter in the reason decides nothing yet: it leads to the button that the reason points at.
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    (reason.trim() === "" ? acceptButton : keepButton).current?.focus();
  };

  return (
    <form className={styles.decision} onSubmit={onSubmit} noValidate>
      <div className={styles.pair}>
        <Facts title={t("reviews.current")} facts={review.current} />
        <Facts title={t("reviews.proposed")} facts={review.proposed} />
      </div>
      <p className={styles.detail}>{sentWords(review, texts)}</p>
      {decide.trouble && <RefusalNotice trouble={decide.trouble} />}
      {review.isOwn ? (
        <Notice tone="plain" title={t("reviews.own")} />
      ) : (
        <>
          <TextField
            label={t("reviews.reason")}
            value={reason}
            onChange={(text) => {
              setReason(text);
              setIsReasonMissing(false);
            }}
            error={isReasonMissing ? t("refusal.REASON_MISSING.remedy") : undefined}
            maxLength={200}
            inputRef={reasonField}
          />
          <div className={styles.actions}>
            <Button ref={acceptButton} type="primary" size="large" loading={decide.isBusy} onClick={() => send("accept")}>
              {t("reviews.accept")}
            </Button>
            <Button ref={keepButton} size="large" onClick={() => send("keep")}>
              {t("reviews.keep")}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function Facts({ title, facts }: { readonly title: string; readonly facts: ReviewView["current"] }) {
  return (
    <div>
      <span className={styles.detail}>{title}</span>
      <p className={styles.value}>{factLines(facts)}</p>
    </div>
  );
}
