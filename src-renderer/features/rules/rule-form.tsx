import { useState, type FormEvent } from "react";
import type { PublishedRule } from "#shared/contracts/acts/publications.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { DateFields, NameFields, Overtaken } from "./common-fields.tsx";
import { Preview } from "./preview.tsx";
import type { Published } from "./published.ts";
import { approvals, fieldsOfRule, readRule } from "./read-fields.ts";
import styles from "./rules.module.css";

type Props = {
  /** Newest first; empty for a new rule. */
  readonly versions: readonly PublishedRule[];
  readonly today: string;
  readonly onPublished: (published: Published) => void;
  /** Somebody else was faster. */
  readonly onOvertaken: () => void;
};

const nothingWrong: ReadonlySet<string> = new Set();

/** The next version of an earning rule: an edited copy of the newest, tried out before it is published (P-08). */
export function RuleForm({ versions, today, onPublished, onOvertaken }: Props) {
  const texts = useTexts();
  const { t, name } = texts;
  const [newest] = versions;
  const draft = useDraft("rule", newest?.ruleId, fieldsOfRule(newest, today));
  const [isChecked, setIsChecked] = useState(false);
  const { fields } = draft;
  const read = readRule(fields, today);
  const wrong = isChecked && !read.ok ? read.wrong : nothingWrong;
  const basedOn = Number(fields.basedOn);
  const version = basedOn + 1;
  const isOvertaken = newest !== undefined && newest.version > basedOn;
  const publish = useAct(station.publications.publishRule, (published, sent) => {
    draft.discard();
    // The next version begins as a copy of this one; the list will say the same in a moment.
    if (newest) draft.change({ ...fields, basedOn: String(published.version) });
    onPublished({ requestId: sent.requestId, kind: "rule", id: published.ruleId, version: published.version, name: name(sent.name) });
  });
  const { trouble } = publish;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (!read.ok || isOvertaken) return;
    publish.mutation.mutate(
      { requestId: draft.requestIdAfter(trouble), ruleId: newest?.ruleId ?? null, basedOn: newest ? basedOn : null, ...read.terms },
      { onError: onOvertaken },
    );
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
            draft.change(fieldsOfRule(newest, today));
          }}
        />
      )}
      <NameFields fields={fields} wrong={wrong} onChange={draft.change} />
      <div className={styles.pair}>
        <TextField
          label={t("rules.points")}
          value={fields.points}
          onChange={(points) => draft.change({ points })}
          error={wrong.has("points") ? t("rules.points.wrong") : undefined}
          inputMode="numeric"
        />
        <TextField
          label={t("rules.perYuan")}
          value={fields.perYuan}
          onChange={(perYuan) => draft.change({ perYuan })}
          error={wrong.has("perYuan") ? t("rules.perYuan.wrong") : undefined}
          inputMode="decimal"
        />
      </div>
      <ChoiceGroup
        label={t("rules.approval")}
        choices={approvals.map((approval) => ({ id: approval, text: t(`rules.approval.${approval}`) }))}
        chosen={approvals.find((known) => known === fields.approval) ?? "none"}
        onChoose={(approval) => draft.change({ approval })}
      />
      <div className={styles.pair}>
        <TextField
          label={t("rules.validMonths")}
          value={fields.validMonths}
          onChange={(validMonths) => draft.change({ validMonths })}
          error={wrong.has("validMonths") ? t("rules.months.wrong") : undefined}
          inputMode="numeric"
        />
        <TextField
          label={t("rules.inactiveMonths")}
          value={fields.inactiveMonths}
          onChange={(inactiveMonths) => draft.change({ inactiveMonths })}
          error={wrong.has("inactiveMonths") ? t("rules.months.wrong") : undefined}
          inputMode="numeric"
        />
      </div>
      {fields.approval === "none" && (
        <div className={styles.pair}>
          <TextField
            label={t("rules.budget")}
            value={fields.budgetPoints}
            onChange={(budgetPoints) => draft.change({ budgetPoints })}
            error={wrong.has("budgetPoints") ? t("rules.budget.wrong") : undefined}
            inputMode="numeric"
          />
          <TextField
            label={t("rules.capPerDay")}
            value={fields.capPerDay}
            onChange={(capPerDay) => draft.change({ capPerDay })}
            error={wrong.has("capPerDay") ? t("rules.budget.wrong") : undefined}
            inputMode="numeric"
          />
        </div>
      )}
      <DateFields fields={fields} wrong={wrong} onChange={draft.change} today={today} isOpenEnded />
      <Preview versions={read.ok ? [...versions, { ...read.terms, ruleId: newest?.ruleId ?? "", version }] : versions} today={today} />
      <SubmitButton isBusy={publish.isBusy}>{t("rules.publish", { version })}</SubmitButton>
    </form>
  );
}
