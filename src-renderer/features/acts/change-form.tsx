import { Button } from "antd";
import { useState, type FormEvent } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station } from "../../app/client.ts";
import { parseDate } from "../../app/acts/typed-date.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { factsOf, fieldsOf, isKept, whatChanged, type DetailFields } from "./details.ts";
import type { Outcome } from "./outcome.ts";
import { isPhone } from "./phone.ts";
import styles from "./form.module.css";

type Props = { readonly member: MemberCard; readonly onDone: (outcome: Outcome) => void };

/** Corrects or completes what is known of a member. Phones stay masked: one that is to stay is left as it is shown. */
export function ChangeForm({ member, onDone }: Props) {
  const { t } = useTexts();
  const draft = useDraft("change", member.memberId, fieldsOf(member));
  const [isChecked, setIsChecked] = useState(false);
  const change = useAct(station.members.change, (changed) => {
    draft.discard();
    onDone({ kind: "change", member: changed, points: null, undoableOpId: null });
  });
  const { trouble } = change;
  const { fields } = draft;
  const isNameRight = fields.name.trim() !== "";
  const isBirthdayRight = fields.birthday.trim() === "" || parseDate(fields.birthday) !== undefined;
  const phones = [fields.phone1, fields.phone2, fields.phone3];
  const isPhoneRight = (phone: string, i: number): boolean =>
    phone.trim() === "" ? i > 0 || phones.some((other) => other.trim() !== "") : isKept(member, phone) || isPhone(phone);
  const isRight = isNameRight && isBirthdayRight && phones.every(isPhoneRight);

  const put = (patch: Partial<DetailFields>): void => {
    if (trouble && trouble.code !== "MEMBER_CHANGED") change.forget();
    draft.change(patch);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (isRight) change.run({ requestId: draft.requestIdAfter(trouble), memberId: member.memberId, ...whatChanged(fields) });
  };
  /** What was typed stays; what stands there now is what it replaces from here on. */
  const lookAgain = (): void => {
    draft.change({ seen: JSON.stringify(factsOf(member)) });
    change.forget();
  };
  const phoneField = (name: "phone1" | "phone2" | "phone3", i: number) => (
    <TextField
      label={t(i === 0 ? "newMember.phone" : "newMember.phoneMore")}
      value={fields[name]}
      onChange={(text) => put({ [name]: text })}
      error={isChecked && !isPhoneRight(fields[name], i) ? t("newMember.phone.wrong") : undefined}
      hint={i === 0 ? t("change.phone.masked") : undefined}
      inputMode="tel"
      maxLength={24}
    />
  );

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {trouble && (
        <RefusalNotice
          trouble={trouble}
          actions={trouble.code === "MEMBER_CHANGED" && <Button onClick={lookAgain}>{t("change.lookAgain")}</Button>}
        />
      )}
      <p className={styles.lead}>{t("change.lead")}</p>
      <TextField
        label={t("newMember.name")}
        value={fields.name}
        onChange={(text) => put({ name: text })}
        error={isChecked && !isNameRight ? t("newMember.name.wrong") : undefined}
        maxLength={50}
        isFocusedFirst
      />
      {phoneField("phone1", 0)}
      {(fields.phone1 !== "" || fields.phone2 !== "") && phoneField("phone2", 1)}
      {(fields.phone2 !== "" || fields.phone3 !== "") && phoneField("phone3", 2)}
      <TextField
        label={t("change.birthday")}
        value={fields.birthday}
        onChange={(text) => put({ birthday: text })}
        error={isChecked && !isBirthdayRight ? t("change.birthday.wrong") : undefined}
        maxLength={16}
      />
      <TextField label={t("change.address")} value={fields.address} onChange={(text) => put({ address: text })} maxLength={200} />
      <SubmitButton isBusy={change.isBusy}>{t("change.submit")}</SubmitButton>
    </form>
  );
}
