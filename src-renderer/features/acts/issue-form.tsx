import { useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { BlankCardField, isTooShort, typedNumber, type SwipedCard } from "./blank-card-field.tsx";
import { EncodeCard } from "./encode-card.tsx";
import type { Outcome } from "./outcome.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

type Props = {
  readonly member: MemberCard;
  readonly swiped: SwipedCard | undefined;
  readonly onSwipedUsed: () => void;
  readonly onDone: (outcome: Outcome) => void;
};

const blank = { number: "", as: "sub" };

/** Binds a blank card to the member, by swipe or by its number: as the main card, or beside the one that works as a sub-card. */
export function IssueForm({ member, swiped, onSwipedUsed, onDone }: Props) {
  const { t } = useTexts();
  const draft = useDraft("issue", member.memberId, blank);
  const [isChecked, setIsChecked] = useState(false);
  const { number } = draft.fields;
  const mainCard = member.card?.state === "active" ? member.card : undefined;
  const isSubCard = mainCard !== undefined && draft.fields.as === "sub";
  const finish = (issued: MemberCard): void => {
    draft.discard();
    onSwipedUsed();
    onDone({ kind: isSubCard ? "issueSub" : "issue", member: issued, points: null, undoableOpId: null });
  };
  const issue = useAct(station.cards.issue, finish);

  const submit = (): void => {
    if (!swiped && isTooShort(number)) return setIsChecked(true);
    issue.run({
      requestId: draft.requestIdAfter(issue.trouble),
      memberId: member.memberId,
      card: swiped ? { handle: swiped.handle } : { number: typedNumber(number) },
      ...(isSubCard && { as: "sub" as const }),
    });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {issue.trouble && <RefusalNotice trouble={issue.trouble} />}
      <BlankCardField
        label={t("issue.number")}
        hint={t("issue.number.hint")}
        swiped={swiped}
        typed={number}
        error={isChecked && isTooShort(number) ? t("issue.number.missing") : undefined}
        isFocusedFirst
        onType={(text) => {
          if (issue.trouble) issue.forget();
          draft.change({ number: text });
        }}
        onClear={onSwipedUsed}
      />
      {mainCard && (
        <div className={styles.plans}>
          <span className={styles.legend}>{t("issue.as")}</span>
          <OptionList
            label={t("issue.as")}
            options={[
              { id: "sub", content: t("issue.as.sub") },
              { id: "main", content: t("issue.as.main", { last4: mainCard.last4 }) },
            ]}
            selectedId={draft.fields.as}
            onSelect={(as) => {
              if (issue.trouble) issue.forget();
              draft.change({ as });
            }}
            onCommit={submit}
          />
        </div>
      )}
      <SubmitButton key={swiped?.handle ?? "typed"} isBusy={issue.isBusy} isFocusedFirst={swiped !== undefined}>
        {t(isSubCard ? "issue.submit.sub" : "issue.submit", { name: member.name })}
      </SubmitButton>
      {!swiped && (
        <EncodeCard member={member} isSubCard={isSubCard} number={isTooShort(number) ? undefined : typedNumber(number)} onIssued={finish} />
      )}
    </form>
  );
}
