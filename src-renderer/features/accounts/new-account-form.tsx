import { useState, type FormEvent } from "react";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { News } from "./account-news.tsx";
import { branchOf, PlaceFields, roleOf, type Branch } from "./person-fields.tsx";
import styles from "./accounts.module.css";

const blank = { userName: "", displayName: "", role: "clerk" };

/** A person's first account; the temporary password comes with the answer. */
export function NewAccountForm({ branches, onNews }: { readonly branches: readonly Branch[]; readonly onNews: (news: News) => void }) {
  const { t } = useTexts();
  const draft = useDraft("newAccount", undefined, { ...blank, branch: branches[0]?.code ?? "" });
  const [isChecked, setIsChecked] = useState(false);
  const { fields } = draft;
  const userName = fields.userName.trim();
  const displayName = fields.displayName.trim();
  const create = useAct(station.accounts.create, ({ staffId, temporaryPassword }, { requestId }) => {
    draft.discard();
    onNews({ kind: "password", requestId, staffId, name: displayName, temporaryPassword });
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (userName === "" || displayName === "") return;
    create.run({ requestId: draft.requestIdAfter(create.trouble), userName, displayName, role: roleOf(fields), branch: branchOf(fields) });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <h3 className={styles.title}>{t("accounts.new")}</h3>
      {create.trouble && <RefusalNotice trouble={create.trouble} />}
      <TextField
        label={t("accounts.userName")}
        value={fields.userName}
        onChange={(text) => draft.change({ userName: text })}
        error={isChecked && userName === "" ? t("accounts.userName.wrong") : undefined}
        maxLength={64}
        isFocusedFirst
      />
      <TextField
        label={t("accounts.displayName")}
        value={fields.displayName}
        onChange={(text) => draft.change({ displayName: text })}
        error={isChecked && displayName === "" ? t("accounts.displayName.wrong") : undefined}
        maxLength={64}
      />
      <PlaceFields place={fields} branches={branches} onChange={draft.change} />
      <SubmitButton isBusy={create.isBusy}>{t("accounts.create")}</SubmitButton>
    </form>
  );
}
