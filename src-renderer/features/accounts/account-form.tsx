import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { AccountView } from "#shared/contracts/acts/accounts.ts";
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

type Props = {
  readonly account: AccountView;
  readonly branches: readonly Branch[];
  readonly isOwn: boolean;
  readonly onNews: (news: News) => void;
};

/** One account: its name, role and place, and what is done to it with one key. */
export function AccountForm({ account, branches, isOwn, onNews }: Props) {
  const { t } = useTexts();
  const { staffId, isActive } = account;
  const draft = useDraft("account", staffId, { displayName: account.displayName, role: account.role, branch: account.branch ?? "" });
  const [isChecked, setIsChecked] = useState(false);
  // One id for each thing that can be done here: trying the same again is the same intent, until it is done.
  const [requestIds, setRequestIds] = useState(freshIds);
  const { fields } = draft;
  const displayName = fields.displayName.trim();
  const name = account.displayName;
  const done = (news: News): void => {
    draft.discard();
    setRequestIds(freshIds());
    onNews(news);
  };
  const save = useAct(station.accounts.change, (_, { requestId }) => done({ kind: "saved", requestId, staffId, name: displayName }));
  const toggle = useAct(station.accounts.change, (changed, { requestId }) =>
    done({ kind: changed.isActive ? "switchedOn" : "switchedOff", requestId, staffId, name }),
  );
  const reset = useAct(station.accounts.resetPassword, ({ temporaryPassword }, { requestId }) =>
    done({ kind: "password", requestId, staffId, name, temporaryPassword }),
  );
  const unlock = useAct(station.accounts.unlock, (_, { requestId }) => done({ kind: "unlocked", requestId, staffId, name }));
  const trouble = save.trouble ?? toggle.trouble ?? reset.trouble ?? unlock.trouble;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (displayName === "") return;
    save.run({
      requestId: draft.requestIdAfter(save.trouble),
      staffId,
      displayName,
      // One's own place is somebody else's to change.
      ...(!isOwn && { role: roleOf(fields), branch: branchOf(fields) }),
    });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <h3 className={styles.title}>{account.userName}</h3>
      {trouble && <RefusalNotice trouble={trouble} />}
      <TextField
        label={t("accounts.displayName")}
        value={fields.displayName}
        onChange={(text) => draft.change({ displayName: text })}
        error={isChecked && displayName === "" ? t("accounts.displayName.wrong") : undefined}
        maxLength={64}
      />
      <PlaceFields place={fields} branches={branches} onChange={draft.change} isDisabled={isOwn} />
      {isOwn && <p className={styles.hint}>{t("accounts.own")}</p>}
      <SubmitButton isBusy={save.isBusy}>{t("accounts.save")}</SubmitButton>
      <div className={styles.actions}>
        <Button size="large" onClick={() => reset.run({ requestId: requestIds.reset, staffId })} loading={reset.isBusy}>
          {t("accounts.reset")}
        </Button>
        <Button size="large" onClick={() => unlock.run({ requestId: requestIds.unlock, staffId })} loading={unlock.isBusy}>
          {t("accounts.unlock")}
        </Button>
        {!isOwn && (
          <Button
            size="large"
            danger={isActive}
            onClick={() => toggle.run({ requestId: requestIds.toggle, staffId, isActive: !isActive })}
            loading={toggle.isBusy}
          >
            {isActive ? t("accounts.switchOff") : t("accounts.switchOn")}
          </Button>
        )}
      </div>
    </form>
  );
}

const freshIds = () => ({ reset: uuidv7(), unlock: uuidv7(), toggle: uuidv7() });
