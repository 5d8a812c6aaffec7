import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type FormEvent, type Ref } from "react";
import type { JournalLine } from "#shared/contracts/points.ts";
import { queries, station } from "../../app/client.ts";
import { journalDetail } from "../../app/intl/journal-detail.ts";
import { useEntries } from "../../app/dictionaries/use-entries.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Supervised } from "../../app/session/supervised.tsx";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import type { Outcome } from "./outcome.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import styles from "./form.module.css";

const blank = { reason: "" };

/** Undoes one entry of today: choose the line, choose why. */
export function VoidForm({ onDone }: { readonly onDone: (outcome: Outcome) => void }) {
  const { t } = useTexts();
  const journal = useQuery(queries.points.journal.queryOptions());
  const lines = (journal.data ?? []).filter((line) => (line.canVoid || line.needsSupervisor) && !line.isVoided);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = lines.find(({ opId }) => opId === chosenId) ?? lines[0];
  const reasonChoice = useRef<HTMLFieldSetElement>(null);

  return (
    <div className={styles.form}>
      <h2 className={styles.title}>{t("void.title")}</h2>
      {journal.isSuccess && !chosen && <EmptyList>{t("void.none")}</EmptyList>}
      {chosen && (
        <>
          <div className={styles.plans}>
            <span className={styles.legend}>{t("void.line")}</span>
            <OptionList
              label={t("void.line")}
              options={lines.map((line) => ({
                id: line.opId,
                content: <VoidableLine line={line} />,
              }))}
              selectedId={chosen.opId}
              onSelect={setChosenId}
              onCommit={() => reasonChoice.current?.querySelector<HTMLInputElement>("input:checked")?.focus()}
              isFocusedFirst
            />
          </div>
          <VoidReason key={chosen.opId} line={chosen} choiceRef={reasonChoice} onDone={onDone} />
        </>
      )}
    </div>
  );
}

function VoidableLine({ line }: { readonly line: JournalLine }) {
  const texts = useTexts();
  const { t, time } = texts;
  return (
    <span className={styles.planRow}>
      <span className={styles.detail}>{time(line.atMs)}</span>
      <span className={styles.planName}>
        {line.name ?? line.memberNumber}{" "}
        <span className={styles.detail}>
          {[t(`journal.kind.${line.kind}`), journalDetail(line, texts), line.needsSupervisor ? line.operator : undefined]
            .filter((part) => part !== undefined)
            .join(" · ")}
        </span>
      </span>
      {line.points !== null && <Numeral value={line.points} size="line" isSigned />}
    </span>
  );
}

type VoidReasonProps = {
  readonly line: JournalLine;
  readonly choiceRef: Ref<HTMLFieldSetElement>;
  readonly onDone: (outcome: Outcome) => void;
};

/** Keyed by its line, so that each line's undoing is an intent of its own. */
function VoidReason({ line, choiceRef, onDone }: VoidReasonProps) {
  const { t, name } = useTexts();
  const reasons = useEntries("undoReason");
  const draft = useDraft("void", line.opId, blank);
  const reason = reasons.find(({ code }) => code === draft.fields.reason) ?? reasons[0];
  const undo = useAct(station.points.void, (movement) => {
    draft.discard();
    onDone({ kind: "void", member: movement.member, points: movement.points, undoableOpId: null, slip: movement.slip });
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason) undo.run({ requestId: draft.requestIdAfter(undo.trouble), undoes: line.opId, reason: name(reason.name) });
  };

  return (
    <>
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {undo.trouble && <RefusalNotice trouble={undo.trouble} />}
        <fieldset ref={choiceRef} className={styles.group}>
          <legend className={styles.legend}>{t("void.reason")}</legend>
          {reasons.map((option) => (
            <label key={option.code} className={styles.choice}>
              <input
                type="radio"
                name="reason"
                checked={option.code === reason?.code}
                onChange={() => draft.change({ reason: option.code })}
              />
              <span className={styles.choiceText}>{name(option.name)}</span>
            </label>
          ))}
        </fieldset>
        <SubmitButton isBusy={undo.isBusy}>{t("void.submit")}</SubmitButton>
      </form>
      <Supervised act={undo.mutation} />
    </>
  );
}
