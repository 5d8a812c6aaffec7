import { Button } from "antd";
import { useState, type FormEvent } from "react";
import type { BlockCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station } from "../../app/client.ts";
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

type Reason = BlockCardInput["reason"];
const reasons: readonly Reason[] = ["lost", "stolen", "damaged", "misused"];
const blank = { reason: "lost" };

type Props = { readonly member: MemberCard; readonly last4: string; readonly onDone: (outcome: Outcome) => void };

/** Blocks the member's card. It cannot be undone, so this is the one act that asks before it is done. */
export function BlockForm({ member, last4, onDone }: Props) {
  const { t } = useTexts();
  const draft = useDraft("block", member.memberId, blank);
  const [asked, setAsked] = useState<"notYet" | "now" | "declined">("notYet");
  const isAsking = asked === "now";
  const decline = (): void => setAsked("declined");
  const reason = reasons.find((known) => known === draft.fields.reason) ?? "lost";
  const block = useAct(station.cards.block, (blocked) => {
    draft.discard();
    onDone({ kind: "block", member: blocked, points: null, undoableOpId: null });
  });
  useCommands("form", isAsking ? { back: decline } : {});

  const onSubmit = (event?: FormEvent): void => {
    event?.preventDefault();
    setAsked("now");
  };
  const doIt = (): void => {
    setAsked("notYet");
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
            options={reasons.map((option) => ({ id: option, content: t(`block.reason.${option}`) }))}
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
