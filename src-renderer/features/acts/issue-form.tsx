import { CreditCardOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { Outcome } from "./outcome.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

/** A blank card that was swiped: main keeps the number, the screen holds a handle and the last four figures. */
export type SwipedCard = { readonly handle: string; readonly last4: string };

type Props = {
  readonly member: MemberCard;
  readonly swiped: SwipedCard | undefined;
  readonly onSwipedUsed: () => void;
  readonly onDone: (outcome: Outcome) => void;
};

const blank = { number: "" };

/** Binds a blank card to the member, by swipe or by its number. */
export function IssueForm({ member, swiped, onSwipedUsed, onDone }: Props) {
  const { t } = useTexts();
  const draft = useDraft("issue", member.memberId, blank);
  const [isChecked, setIsChecked] = useState(false);
  const typed = draft.fields.number.normalize("NFKC").replaceAll(" ", "");
  const issue = useAct(station.cards.issue, (issued) => {
    draft.discard();
    onSwipedUsed();
    onDone({ kind: "issue", member: issued, points: null, undoableOpId: null });
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!swiped && typed.length < 4) return setIsChecked(true);
    issue.run({
      requestId: draft.requestIdAfter(issue.trouble),
      memberId: member.memberId,
      card: swiped ? { handle: swiped.handle } : { number: typed },
    });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {issue.trouble && <RefusalNotice trouble={issue.trouble} />}
      {swiped ? (
        <div className={styles.preview} role="status">
          <CreditCardOutlined aria-hidden="true" />
          <span className={styles.planName}>{t("issue.swiped", { last4: swiped.last4 })}</span>
          <Button onClick={onSwipedUsed}>{t("issue.swiped.clear")}</Button>
        </div>
      ) : (
        <TextField
          label={t("issue.number")}
          hint={t("issue.number.hint")}
          value={draft.fields.number}
          onChange={(text) => {
            if (issue.trouble) issue.forget();
            draft.change({ number: text });
          }}
          error={isChecked && typed.length < 4 ? t("issue.number.missing") : undefined}
          size="numeral"
          inputMode="numeric"
          maxLength={32}
          isFocusedFirst
        />
      )}
      <SubmitButton key={swiped?.handle ?? "typed"} isBusy={issue.isBusy} isFocusedFirst={swiped !== undefined}>
        {t("issue.submit", { name: member.name })}
      </SubmitButton>
    </form>
  );
}
