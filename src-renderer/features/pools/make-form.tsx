import { useState, type FormEvent } from "react";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./pools.module.css";

const kinds = ["household", "company"] as const;

/** A new pool, with nobody in it yet. */
export function MakeForm({ onMade }: { readonly onMade: (poolId: string) => void }) {
  const { t } = useTexts();
  const draft = useDraft("pool", undefined, { name: "", kind: kinds[0] });
  const [isChecked, setIsChecked] = useState(false);
  const name = draft.fields.name.trim();
  const kind = kinds.find((each) => each === draft.fields.kind) ?? kinds[0];
  const make = useAct(station.pools.make, ({ poolId }) => {
    draft.discard();
    setIsChecked(false);
    onMade(poolId);
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (name !== "") make.run({ requestId: draft.requestIdAfter(make.trouble), name, kind });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {make.trouble && <RefusalNotice trouble={make.trouble} />}
      <TextField
        label={t("pools.name")}
        value={draft.fields.name}
        onChange={(text) => draft.change({ name: text })}
        error={isChecked && name === "" ? t("pools.name.missing") : undefined}
        maxLength={60}
        isFocusedFirst
      />
      <ChoiceGroup
        label={t("pools.kind")}
        choices={kinds.map((each) => ({ id: each, text: t(`pools.kind.${each}`) }))}
        chosen={kind}
        onChoose={(next) => draft.change({ kind: next })}
      />
      <SubmitButton isBusy={make.isBusy}>{t("pools.make")}</SubmitButton>
    </form>
  );
}
