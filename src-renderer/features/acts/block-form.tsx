import { Button } from "antd";
import { useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station } from "../../app/client.ts";
import { useEntries } from "../../app/dictionaries/use-entries.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Supervised } from "../../app/session/supervised.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { BlankCardField, isTooShort, typedNumber, type SwipedCard } from "./blank-card-field.tsx";
import type { Outcome } from "./outcome.ts";
import { StillSpendable } from "./still-spendable.tsx";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

const mainCard = "";
const blank = { reason: "", number: "", subCardId: mainCard };

type Props = {
  readonly member: MemberCard;
  readonly last4: string;
  /** The card that may take its place at once; undefined for whom may not issue cards. */
  readonly newCard: { readonly swiped: SwipedCard | undefined; readonly onSwipedUsed: () => void } | undefined;
  readonly onDone: (outcome: Outcome) => void;
};

/** Blocks the member's card, or replaces it, or cancels a sub-card. It cannot be undone, so this is the one act that asks before it is done. */
export function BlockForm({ member, last4, newCard, onDone }: Props) {
  const { t, name } = useTexts();
  const reasons = useEntries("cardBlockReason");
  const draft = useDraft("block", member.memberId, blank);
  const [asked, setAsked] = useState<"notYet" | "now" | "declined">("notYet");
  const isAsking = asked === "now";
  const decline = (): void => setAsked("declined");
  const reason = (reasons.find(({ code }) => code === draft.fields.reason) ?? reasons[0])?.code;
  const { number } = draft.fields;
  const subCards = member.subCards.filter(({ cardId, state }) => cardId !== null && state === "active");
  const subCard = subCards.find(({ cardId }) => cardId === draft.fields.subCardId);
  const isReplacing = !subCard && newCard !== undefined && (newCard.swiped !== undefined || number.trim() !== "");
  const isNumberWrong = isReplacing && !newCard.swiped && isTooShort(number);
  const [isChecked, setIsChecked] = useState(false);
  const deed = deedOf({ cancels: subCard !== undefined, replaces: isReplacing });
  const block = useAct(station.cards.block, (shown) => {
    draft.discard();
    newCard?.onSwipedUsed();
    const replaces = shown.card?.state === "active";
    const kind = { cancel: "cancelSub", replace: "replace", block: "block" } as const;
    onDone({ kind: kind[deedOf({ cancels: subCard !== undefined, replaces })], member: shown, points: null, undoableOpId: null });
  });
  useCommands("form", isAsking ? { back: decline } : {});

  const onSubmit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (isNumberWrong) return setIsChecked(true);
    if (reason !== undefined) setAsked("now");
  };
  const doIt = (): void => {
    setAsked("notYet");
    if (reason === undefined) return;
    const card = newCard?.swiped ? { handle: newCard.swiped.handle } : { number: typedNumber(number) };
    const requestId = draft.requestIdAfter(block.trouble);
    block.run({
      requestId,
      memberId: member.memberId,
      reason,
      ...(subCard?.cardId && { subCardId: subCard.cardId }),
      ...(isReplacing && { newCard: card }),
    });
  };

  return (
    <>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {block.trouble && <RefusalNotice trouble={block.trouble} />}
        {subCards.length > 0 && (
          <ChoiceGroup
            label={t("block.which")}
            choices={[
              { id: mainCard, text: t("block.which.main", { last4 }) },
              ...subCards.map((each) => ({ id: each.cardId ?? mainCard, text: t("block.which.sub", { last4: each.last4 }) })),
            ]}
            chosen={subCard?.cardId ?? mainCard}
            onChoose={(subCardId) => {
              if (block.trouble) block.forget();
              setAsked("notYet");
              draft.change({ subCardId });
            }}
          />
        )}
        <p className={styles.lead}>{t(subCard ? "cancel.lead" : "block.lead")}</p>
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
        {newCard && !subCard && (
          <BlankCardField
            label={t("block.newCard")}
            hint={t("block.newCard.hint")}
            swiped={newCard.swiped}
            typed={number}
            error={isChecked && isNumberWrong ? t("block.newCard.wrong") : undefined}
            onType={(text) => {
              if (block.trouble) block.forget();
              setAsked("notYet");
              draft.change({ number: text });
            }}
            onClear={newCard.onSwipedUsed}
          />
        )}
        {isAsking ? (
          <Notice
            tone="danger"
            title={
              isReplacing
                ? t("replace.sure", { last4, new4: newCard.swiped?.last4 ?? typedNumber(number).slice(-4) })
                : t(subCard ? "cancel.sure" : "block.sure", { last4: subCard?.last4 ?? last4 })
            }
            actions={
              <>
                <Button danger type="primary" onClick={doIt} autoFocus>
                  {t(`block.sure.yes.${deed}`)}
                </Button>
                <Button onClick={decline}>{t("block.sure.no")}</Button>
              </>
            }
          >
            {/* A sub-card that is cancelled leaves the main card at work, so that points are spent as before. */}
            {!subCard && <StillSpendable balance={member.balance} />}
          </Notice>
        ) : (
          <SubmitButton isBusy={block.isBusy} isDangerous isFocusedFirst={asked === "declined"}>
            {t(`block.submit.${deed}`, { last4: subCard?.last4 ?? last4 })}
          </SubmitButton>
        )}
      </form>
      <Supervised act={block.mutation} />
    </>
  );
}

function deedOf({ cancels, replaces }: { readonly cancels: boolean; readonly replaces: boolean }): "cancel" | "replace" | "block" {
  if (cancels) return "cancel";
  return replaces ? "replace" : "block";
}
