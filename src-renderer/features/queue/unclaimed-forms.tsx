import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { News } from "./queue-words.ts";
import styles from "./queue.module.css";

type Props = { readonly purchaseId: string; readonly onDone: (news: News) => void };

/** Whose the purchase is, or why it is nobody's. Enter in a field leads to its button and decides nothing yet. */
export function UnclaimedForms({ purchaseId, onDone }: Props) {
  const { t } = useTexts();
  const give = useAct(station.queue.givePurchase, ({ state, points }, { requestId }) => {
    const kind = state === "awarded" ? "given" : state === "proposed" ? "proposed" : "emptyHanded";
    onDone({ requestId, kind, count: points ?? 0 });
  });
  const putAway = useAct(station.queue.putPurchaseAway, (_done, { requestId }) => onDone({ requestId, kind: "putAway", count: 0 }));
  const trouble = give.trouble ?? putAway.trouble;
  return (
    <>
      {trouble && <RefusalNotice trouble={trouble} />}
      <OneField
        label={t("queue.unclaimed.memberNumber")}
        missing={t("queue.unclaimed.memberNumber.missing")}
        maxLength={64}
        button={t("queue.unclaimed.give")}
        isFirst
        isBusy={give.isBusy}
        onSent={(requestId, memberNumber) => {
          putAway.forget();
          give.run({ requestId, purchaseId, memberNumber });
        }}
      />
      <OneField
        label={t("queue.unclaimed.reason")}
        missing={t("queue.reason.missing")}
        maxLength={200}
        button={t("queue.unclaimed.putAway")}
        isBusy={putAway.isBusy}
        onSent={(requestId, reason) => {
          give.forget();
          putAway.run({ requestId, purchaseId, reason });
        }}
      />
    </>
  );
}

type OneFieldProps = {
  readonly label: string;
  readonly missing: string;
  readonly maxLength: number;
  readonly button: string;
  readonly isFirst?: boolean;
  readonly isBusy: boolean;
  readonly onSent: (requestId: string, text: string) => void;
};

function OneField({ label, missing, maxLength, button, isFirst = false, isBusy, onSent }: OneFieldProps) {
  const [text, setText] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  // One intent for one text: what was typed anew after a refusal is another one.
  const [requestId, setRequestId] = useState(() => uuidv7());
  const field = useRef<InputRef>(null);
  const action = useRef<HTMLButtonElement>(null);
  const said = text.trim();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsMissing(said === "");
    if (said !== "") action.current?.focus();
  };
  const onClick = (): void => {
    setIsMissing(said === "");
    if (said === "") field.current?.focus();
    else onSent(requestId, said);
  };
  return (
    <form className={styles.decision} onSubmit={onSubmit} noValidate>
      <TextField
        label={label}
        value={text}
        onChange={(typed) => {
          setText(typed);
          setIsMissing(false);
          setRequestId(uuidv7());
        }}
        error={isMissing ? missing : undefined}
        maxLength={maxLength}
        inputRef={field}
      />
      <div className={styles.actions}>
        <Button ref={action} type={isFirst ? "primary" : "default"} danger={!isFirst} size="large" loading={isBusy} onClick={onClick}>
          {button}
        </Button>
      </div>
    </form>
  );
}
