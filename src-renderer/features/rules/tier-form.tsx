import { Button } from "antd";
import { useState, type FormEvent } from "react";
import type { PublishedTiers } from "#shared/contracts/acts/tiers.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Overtaken } from "./common-fields.tsx";
import type { Published } from "./published.ts";
import { asRows, fieldsOfTiers, measures, misses, newRow, readTiers, rowsOf, tiersMax, windows, type TierRow } from "./tier-fields.ts";
import styles from "./rules.module.css";

type Props = {
  /** Newest first; empty while there are no tiers. */
  readonly versions: readonly PublishedTiers[];
  readonly today: string;
  readonly onPublished: (published: Published) => void;
  readonly onOvertaken: () => void;
};

const nothingWrong: ReadonlySet<string> = new Set();

/** The next version of the company's tiers: an edited copy of the newest. */
export function TierForm({ versions, today, onPublished, onOvertaken }: Props) {
  const { t } = useTexts();
  const [newest] = versions;
  const draft = useDraft("tiers", undefined, fieldsOfTiers(newest, today));
  const [isChecked, setIsChecked] = useState(false);
  const { fields } = draft;
  const rows = rowsOf(fields);
  const read = readTiers(fields, today);
  const wrong = isChecked && !read.ok ? read.wrong : nothingWrong;
  const basedOn = Number(fields.basedOn);
  const version = basedOn + 1;
  const isOvertaken = newest !== undefined && newest.version > basedOn;
  const publish = useAct(station.tiers.publish, (published, sent) => {
    draft.discard();
    // The next version begins as a copy of this one; the list will say the same in a moment.
    draft.change({ ...fields, basedOn: String(published.version) });
    onPublished({ requestId: sent.requestId, kind: "tiers", id: "", version: published.version, name: t("tiers.title") });
  });
  const { trouble } = publish;
  const changeRow = (place: number, patch: Partial<TierRow>): void =>
    draft.change(asRows(rows.map((row, i) => (i === place ? { ...row, ...patch } : row))));

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (!read.ok || isOvertaken) return;
    publish.mutation.mutate({ requestId: draft.requestIdAfter(trouble), basedOn, ...read.terms }, { onError: onOvertaken });
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <h3 className={styles.title}>{newest ? t("rules.next", { version }) : t("rules.first")}</h3>
      {trouble && !isOvertaken && <RefusalNotice trouble={trouble} />}
      {isOvertaken && (
        <Overtaken
          newest={newest}
          onKeep={() => {
            publish.forget();
            draft.change({ basedOn: String(newest.version) });
          }}
          onDrop={() => {
            publish.forget();
            draft.change(fieldsOfTiers(newest, today));
          }}
        />
      )}
      <ChoiceGroup
        label={t("tiers.measure")}
        choices={measures.map((id) => ({ id, text: t(`tiers.measure.${id}`) }))}
        chosen={measures.find((known) => known === fields.measure) ?? "points"}
        onChoose={(measure) => draft.change({ measure })}
      />
      <ChoiceGroup
        label={t("tiers.window")}
        choices={windows.map((id) => ({ id, text: t(`tiers.window.${id}`) }))}
        chosen={windows.find((known) => known === fields.window) ?? "calendarYear"}
        onChoose={(window) => draft.change({ window })}
      />
      {rows.map((row, place) => (
        <fieldset key={row.tierId} className={styles.tier}>
          <legend className={styles.outcome}>{t("tiers.place", { place: place + 1 })}</legend>
          <Row
            row={row}
            measure={fields.measure === "spend" ? "spend" : "points"}
            isWrong={(field) => wrong.has(`${place}.${field}`)}
            onChange={(patch) => changeRow(place, patch)}
          />
          {rows.length > 1 && (
            <Button onClick={() => draft.change(asRows(rows.filter((_, i) => i !== place)))}>
              {t("tiers.remove", { place: place + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {rows.length < tiersMax && (
        <Button size="large" onClick={() => draft.change(asRows([...rows, newRow(versions, rows)]))}>
          {t("tiers.add")}
        </Button>
      )}
      <ChoiceGroup
        label={t("tiers.onMiss")}
        choices={misses.map((id) => ({ id, text: t(`tiers.onMiss.${id}`) }))}
        chosen={misses.find((known) => known === fields.onMiss) ?? "oneDown"}
        onChoose={(onMiss) => draft.change({ onMiss })}
      />
      <TextField
        label={t("rules.opensOn")}
        value={fields.opensOn}
        onChange={(opensOn) => draft.change({ opensOn })}
        error={wrong.has("opensOn") ? t("rules.opensOn.wrong", { today }) : undefined}
        hint={t("tiers.opensOn.hint")}
      />
      <SubmitButton isBusy={publish.isBusy}>{t("rules.publish", { version })}</SubmitButton>
    </form>
  );
}

type RowProps = {
  readonly row: TierRow;
  readonly measure: PublishedTiers["measure"];
  readonly isWrong: (field: keyof TierRow) => boolean;
  readonly onChange: (patch: Partial<TierRow>) => void;
};

/** What a tier is called, and what it takes. */
function Row({ row, measure, isWrong, onChange }: RowProps) {
  const { t } = useTexts();
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t("rules.nameZh")}
          value={row.nameZh}
          onChange={(nameZh) => onChange({ nameZh })}
          error={isWrong("nameZh") ? t("rules.name.wrong") : undefined}
          maxLength={60}
          isFocusedFirst={row.nameZh === ""}
        />
        <TextField
          label={t("rules.nameEn")}
          value={row.nameEn}
          onChange={(nameEn) => onChange({ nameEn })}
          error={isWrong("nameEn") ? t("rules.name.wrong") : undefined}
          maxLength={60}
        />
      </div>
      <div className={styles.pair}>
        <TextField
          label={t(`tiers.from.${measure}`)}
          value={row.from}
          onChange={(from) => onChange({ from })}
          error={isWrong("from") ? t("tiers.from.wrong") : undefined}
          inputMode="decimal"
        />
        <TextField
          label={t(`tiers.keep.${measure}`)}
          value={row.keep}
          onChange={(keep) => onChange({ keep })}
          error={isWrong("keep") ? t("tiers.keep.wrong") : undefined}
          inputMode="decimal"
        />
      </div>
      <TextField
        label={t("tiers.factor")}
        value={row.factor}
        onChange={(factor) => onChange({ factor })}
        error={isWrong("factor") ? t("tiers.factor.wrong") : undefined}
        inputMode="numeric"
      />
    </>
  );
}
