import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { PublishedPlan } from "#shared/contracts/acts/publications.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { DateFields, NameFields, Overtaken } from "./common-fields.tsx";
import type { Published } from "./published.ts";
import { fieldsOfPlan, readPlan } from "./read-fields.ts";
import styles from "./rules.module.css";

type Props = {
  /** Newest first; empty for a new plan. */
  readonly versions: readonly PublishedPlan[];
  readonly today: string;
  readonly onPublished: (published: Published) => void;
  readonly onOvertaken: () => void;
};

const nothingWrong: ReadonlySet<string> = new Set();

/** The next version of a redemption plan: what it costs and how long it is offered. */
export function PlanForm({ versions, today, onPublished, onOvertaken }: Props) {
  const { t, name } = useTexts();
  const [newest] = versions;
  const draft = useDraft("plan", newest?.planId, fieldsOfPlan(newest, today));
  const [isChecked, setIsChecked] = useState(false);
  const { fields } = draft;
  const read = readPlan(fields, today);
  const wrong = isChecked && !read.ok ? read.wrong : nothingWrong;
  const basedOn = Number(fields.basedOn);
  const version = basedOn + 1;
  const isOvertaken = newest !== undefined && newest.version > basedOn;
  const publish = useAct(station.publications.publishPlan, (published, sent) => {
    draft.discard();
    // The next version begins as a copy of this one; the list will say the same in a moment.
    if (newest) draft.change({ ...fields, basedOn: String(published.version) });
    onPublished({ requestId: sent.requestId, kind: "plan", id: published.planId, version: published.version, name: name(sent.name) });
  });
  const { trouble } = publish;
  const gifts = useQuery(queries.stock.gifts.queryOptions()).data ?? [];

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (!read.ok || isOvertaken) return;
    publish.mutation.mutate(
      { requestId: draft.requestIdAfter(trouble), planId: newest?.planId ?? null, basedOn: newest ? basedOn : null, ...read.terms },
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
            draft.change(fieldsOfPlan(newest, today));
          }}
        />
      )}
      <NameFields fields={fields} wrong={wrong} onChange={draft.change} />
      <TextField
        label={t("rules.costPoints")}
        value={fields.costPoints}
        onChange={(costPoints) => draft.change({ costPoints })}
        error={wrong.has("costPoints") ? t("rules.points.wrong") : undefined}
        inputMode="numeric"
      />
      <ChoiceField
        label={t("rules.gift")}
        choices={[{ id: "", label: t("rules.gift.none") }, ...gifts.map((gift) => ({ id: gift.giftId, label: name(gift.name) }))]}
        chosenId={fields.giftId}
        onChoose={(giftId) => draft.change({ giftId })}
        about={t(fields.giftId === "" ? "rules.gift.none.about" : "rules.gift.about")}
      />
      <DateFields fields={fields} wrong={wrong} onChange={draft.change} today={today} isOpenEnded={false} />
      <SubmitButton isBusy={publish.isBusy}>{t("rules.publish", { version })}</SubmitButton>
    </form>
  );
}
