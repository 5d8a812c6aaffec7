import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { QueueLine } from "#shared/contracts/acts/queue.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import type { Trouble } from "../../app/refusals/refusal-words.ts";
import { TextField } from "../../ui/text-field.tsx";
import { whyWords, type News, type QueueList } from "./queue-words.ts";
import styles from "./queue.module.css";

type Props = {
  readonly line: QueueLine;
  readonly list: QueueList;
  readonly mayVouch: boolean;
  readonly onDone: (news: News) => void;
};

/** The reason that the counter reads, and what may be done. Enter in the reason leads to the first button and decides nothing yet. */
export function DecisionForm({ line, list, mayVouch, onDone }: Props) {
  const { t } = useTexts();
  const { replica, incarnation, seq } = line;
  const [reason, setReason] = useState("");
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const [requestIds] = useState(() => ({ release: uuidv7(), vouch: uuidv7(), refuse: uuidv7(), note: uuidv7(), count: uuidv7() }));
  const field = useRef<InputRef>(null);
  const actions = useRef<HTMLDivElement>(null);
  const release = useAct(station.queue.release, ({ others }, { requestId }) => onDone({ requestId, kind: "released", count: others }));
  const refuse = useAct(station.queue.refuse, ({ others }, { requestId }) => onDone({ requestId, kind: "refused", count: others }));
  const note = useAct(station.queue.note, (_done, { requestId }) => onDone({ requestId, kind: "noted", count: 0 }));
  const count = useAct(station.queue.countRefund, ({ points }, { requestId }) => onDone({ requestId, kind: "counted", count: points }));
  const isBusy = release.isBusy || refuse.isBusy || note.isBusy || count.isBusy;
  const trouble = release.trouble ?? refuse.trouble ?? note.trouble ?? count.trouble;
  const isSecondRefund = line.code === "REFUNDED_TWICE";

  const withReason = (act: (about: { replica: number; incarnation: string; seq: number; reason: string }) => void) => (): void => {
    const said = reason.trim();
    setIsReasonMissing(said === "");
    if (said === "") field.current?.focus();
    else act({ replica, incarnation, seq, reason: said });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === "") setIsReasonMissing(true);
    else actions.current?.querySelector("button")?.focus();
  };

  return (
    <form className={styles.decision} onSubmit={onSubmit} noValidate>
      {trouble && <RefusalNotice trouble={trouble}>{stillHeldWords(trouble, t)}</RefusalNotice>}
      <TextField
        label={t("queue.reason")}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setIsReasonMissing(false);
        }}
        error={isReasonMissing ? t("queue.reason.missing") : undefined}
        maxLength={200}
        inputRef={field}
      />
      <div className={styles.actions} ref={actions}>
        {list === "flagged" && (
          <Button
            type="primary"
            size="large"
            loading={isBusy}
            onClick={withReason((about) => note.run({ requestId: requestIds.note, ...about }))}
          >
            {t(isSecondRefund ? "queue.refund.same" : "queue.note")}
          </Button>
        )}
        {isSecondRefund && (
          <Button size="large" loading={isBusy} onClick={withReason((about) => count.run({ requestId: requestIds.count, ...about }))}>
            {t("queue.refund.other")}
          </Button>
        )}
        {list === "quarantined" && (
          <Button
            size="large"
            loading={isBusy}
            onClick={withReason((about) => release.run({ requestId: requestIds.release, ...about, isVouchedFor: false }))}
          >
            {t("queue.release")}
          </Button>
        )}
        {line.canBeVouchedFor && mayVouch && (
          <Button
            size="large"
            loading={isBusy}
            onClick={withReason((about) => release.run({ requestId: requestIds.vouch, ...about, isVouchedFor: true }))}
          >
            {t("queue.vouch")}
          </Button>
        )}
        {list !== "flagged" && (
          <Button
            size="large"
            danger
            loading={isBusy}
            onClick={withReason((about) => refuse.run({ requestId: requestIds.refuse, ...about }))}
          >
            {t("queue.refuse")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Judged again, it may be held back for another reason than before. */
function stillHeldWords(trouble: Trouble, t: ReturnType<typeof useTexts>["t"]): string | undefined {
  const data: unknown = trouble.code === "STILL_HELD_BACK" && "data" in trouble ? trouble.data : undefined;
  const why = typeof data === "object" && data !== null && "why" in data ? data.why : undefined;
  return typeof why === "string" ? t(whyWords({ code: why })) : undefined;
}
