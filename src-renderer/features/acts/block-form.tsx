import { Button } from "antd";
import { useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station } from "../../app/client.ts";
import { useEntries } from "../../app/dictionaries/use-entries.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Supervised } from "../../app/session/supervised.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import type { Outcome } from "./outcome.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

const blank = { reason: "" };

type Props = { readonly member: MemberCard; readonly last4: string; readonly onDone: (outcome: Outcome) => void };

/** Blocks the member's card. It cannot be undone, so this is the one act that asks before it is done. */
export function BlockForm({ member, last4, onDone }: Props) {
  const { t, name } = useTexts();
  const reasons = useEntries("cardBlockReason");
  const draft = useDraft("block", member.memberId, blank);
  const [asked, setAsked] = useState<"notYet" | "now" | "declined">("notYet");
  const isAsking = asked === "now";
  const decline = (): void => setAsked("declined");
  const reason = (reasons.find(({ code }) => code === draft.fields.reason) ?? reasons[0])?.code;
  const block = useAct(station.cards.block, (blocked) => {
    draft.discard();
    onDone({ kind: "block", member: blocked, points: null, undoableOpId: null });
  });
  useCommands("form", isAsking ? { back: decline } : {});

  const onSubmit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (reason !== undefined) setAsked("now");
  };
  const doIt = (): void => {
    setAsked("notYet");
    if (reason === undefined) return;
    block.run({ requestId: draft.requestIdAfter(block.trouble), memberId: member.memberId, reason });
  };

  return (
    <>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {block.trouble && <RefusalNotice trouble={block.trouble} />}
        <p className={styles.lead}>{t("block.lead")}</p>
        <div className={styles.plans}>
          <span className={styles.legend}>{t("block.reason")}</span>
          <OptionList
            label={t("block.reason")}
            options={reasons.map((option) => ({ id: option.code, content: name(option.name) }))}
            selectedId={reason}
            onSelect={(chosen) => draft.change({ reason: chosen })}
            onCommit={() => onSubmit()}
            isFocusedFirst
          />
        </div>
        {isAsking ? (
          <Notice
            tone="danger"
            title={t("block.sure", { last4 })}
            actions={
              <>
                <Button danger type="primary" onClick={doIt} autoFocus>
                  {t("block.sure.yes")}
                </Button>
                <Button onClick={decline}>{t("block.sure.no")}</Button>
              </>
            }
          />
        ) : (
          <SubmitButton isBusy={block.isBusy} isDangerous isFocusedFirst={asked === "declined"}>
            {t("block.submit", { last4 })}
          </SubmitButton>
        )}
      </form>
      <Supervised act={block.mutation} />
    </>
  );
}
