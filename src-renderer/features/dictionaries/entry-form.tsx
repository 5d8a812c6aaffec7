import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { DictionaryEntry, DictionaryKind } from "#shared/domain/dictionaries/kinds.ts";
import { plainFigures } from "../../app/acts/amount.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./dictionaries.module.css";

type Props = {
  readonly kind: DictionaryKind;
  /** Undefined for a new one. */
  readonly entry: DictionaryEntry | undefined;
  readonly nextPosition: number;
  readonly onSaved: (saved: { readonly requestId: string; readonly entry: DictionaryEntry }) => void;
};

const fieldsOf = (entry: DictionaryEntry | undefined, nextPosition: number) => ({
  nameZh: entry?.name["zh-CN"] ?? "",
  nameEn: entry?.name["en-US"] ?? "",
  position: String(entry?.position ?? nextPosition),
});

/** One choice: its name in both languages, its place, and whether it is offered. */
export function EntryForm({ kind, entry, nextPosition, onSaved }: Props) {
  const { t } = useTexts();
  const draft = useDraft("dictionaryEntry", `${kind}/${entry?.code ?? ""}`, fieldsOf(entry, nextPosition));
  const [isChecked, setIsChecked] = useState(false);
  // Retiring is an intent of its own beside what the form says.
  const [toggleId, setToggleId] = useState(() => uuidv7());
  const { fields } = draft;
  const nameZh = fields.nameZh.trim();
  const nameEn = fields.nameEn.trim();
  const position = /^\d{1,6}$/.test(plainFigures(fields.position)) ? Number(plainFigures(fields.position)) : undefined;
  const code = entry?.code ?? null;
  const set = useAct(station.dictionaries.set, (saved, { requestId }) => {
    draft.discard();
    setToggleId(uuidv7());
    onSaved({ requestId, entry: saved });
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (nameZh === "" || nameEn === "" || position === undefined) return;
    const name = { "zh-CN": nameZh, "en-US": nameEn };
    set.run({ requestId: draft.requestIdAfter(set.trouble), kind, code, name, position, isActive: entry?.isActive ?? true });
  };
  const nameError = (text: string): string | undefined => (isChecked && text === "" ? t("dictionaries.name.wrong") : undefined);

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {set.trouble && <RefusalNotice trouble={set.trouble} />}
      <TextField
        label={t("dictionaries.nameZh")}
        value={fields.nameZh}
        onChange={(text) => draft.change({ nameZh: text })}
        error={nameError(nameZh)}
        maxLength={60}
        isFocusedFirst={!entry}
      />
      <TextField
        label={t("dictionaries.nameEn")}
        value={fields.nameEn}
        onChange={(text) => draft.change({ nameEn: text })}
        error={nameError(nameEn)}
        maxLength={60}
      />
      <TextField
        label={t("dictionaries.position")}
        value={fields.position}
        onChange={(text) => draft.change({ position: text })}
        error={isChecked && position === undefined ? t("dictionaries.position.wrong") : undefined}
        inputMode="numeric"
      />
      <SubmitButton isBusy={set.isBusy}>{t("dictionaries.save")}</SubmitButton>
      {entry && (
        <Button size="large" onClick={() => set.run({ requestId: toggleId, ...entry, isActive: !entry.isActive })}>
          {entry.isActive ? t("dictionaries.retire") : t("dictionaries.offer")}
        </Button>
      )}
    </form>
  );
}
