import { Button, type InputRef } from "antd";
import { useRef, useState, type FormEvent } from "react";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { SwipedCard } from "./blank-card-field.tsx";
import type { Outcome } from "./outcome.ts";
import { SimilarMembers } from "./similar-members.tsx";
import { isPhone } from "./phone.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

type Props = {
  readonly swiped: SwipedCard | undefined;
  readonly onOpenMember: (memberId: string) => void;
  readonly onDone: (outcome: Outcome) => void;
};

const blank = { name: "", phone1: "", phone2: "", phone3: "" };

/** A new member: a name and at least one phone. The card follows. */
export function NewMemberForm({ swiped, onOpenMember, onDone }: Props) {
  const { t } = useTexts();
  const draft = useDraft("newMember", undefined, blank);
  const [isChecked, setIsChecked] = useState(false);
  const phoneField = useRef<InputRef>(null);
  const nameField = useRef<InputRef>(null);
  const { fields } = draft;
  const name = fields.name.normalize("NFKC").trim();
  const more = [fields.phone2, fields.phone3];
  const create = useAct(station.members.create, (created) => {
    draft.discard();
    onDone({ kind: "newMember", member: created, points: null, undoableOpId: null });
  });
  const { trouble } = create;
  const taken = trouble?.code === "PHONE_TAKEN" ? trouble.data : undefined;

  const isNameRight = name.length >= 1 && name.length <= 50;
  const arePhonesRight = isPhone(fields.phone1) && more.every((phone) => phone.trim() === "" || isPhone(phone));

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (isNameRight && arePhonesRight) {
      create.run({
        requestId: draft.requestIdAfter(trouble),
        name,
        phones: [fields.phone1, ...more.filter((phone) => phone.trim() !== "")],
      });
      return;
    }
    // As in the other forms: the first Enter leads on to what is empty, a second one complains.
    const isLeadingOn = isNameRight && fields.phone1 === "" && document.activeElement === nameField.current?.input;
    setIsChecked(!isLeadingOn);
    (isNameRight ? phoneField : nameField).current?.focus();
  };
  const change = (patch: Partial<typeof blank>): void => {
    if (trouble) create.forget();
    draft.change(patch);
  };
  const faultOf = (phone: string, isNeeded: boolean): string | undefined =>
    isChecked && (isNeeded || phone.trim() !== "") && !isPhone(phone) ? t("newMember.phone.wrong") : undefined;

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <h2 className={styles.title}>{t("newMember.title")}</h2>
      {swiped && <p className={styles.lead}>{t("newMember.cardWaits", { last4: swiped.last4 })}</p>}
      {trouble && (
        <RefusalNotice
          trouble={trouble}
          actions={
            taken && <Button onClick={() => onOpenMember(taken.memberId)}>{t("newMember.openExisting", { name: taken.nameMasked })}</Button>
          }
        />
      )}
      <TextField
        label={t("newMember.name")}
        value={fields.name}
        onChange={(text) => change({ name: text })}
        error={isChecked && !isNameRight ? t("newMember.name.wrong") : undefined}
        maxLength={50}
        inputRef={nameField}
        isFocusedFirst
      />
      <TextField
        label={t("newMember.phone")}
        value={fields.phone1}
        onChange={(text) => change({ phone1: text })}
        error={faultOf(fields.phone1, true)}
        inputMode="tel"
        maxLength={24}
        inputRef={phoneField}
      />
      {fields.phone1 !== "" && (
        <TextField
          label={t("newMember.phoneMore")}
          value={fields.phone2}
          onChange={(text) => change({ phone2: text })}
          error={faultOf(fields.phone2, false)}
          inputMode="tel"
          maxLength={24}
        />
      )}
      {fields.phone2 !== "" && (
        <TextField
          label={t("newMember.phoneMore")}
          value={fields.phone3}
          onChange={(text) => change({ phone3: text })}
          error={faultOf(fields.phone3, false)}
          inputMode="tel"
          maxLength={24}
        />
      )}
      {!taken && (
        <SimilarMembers name={name} phones={[fields.phone1, ...more].filter((phone) => isPhone(phone))} onOpenMember={onOpenMember} />
      )}
      <SubmitButton isBusy={create.isBusy}>{t("newMember.submit")}</SubmitButton>
    </form>
  );
}
