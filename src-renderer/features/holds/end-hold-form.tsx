import { useRef, useState, type FormEvent } from "react";
import type { HoldView } from "#shared/contracts/redemption.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Supervised } from "../../app/session/supervised.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./holds.module.css";

const outcomes = ["confirm", "cancel"] as const;
export type HoldOutcome = (typeof outcomes)[number];
const blank = { outcome: "", reason: "" };

type Props = { readonly hold: HoldView; readonly onEnded: (outcome: HoldOutcome) => void };

/** What somebody found out about a redemption that has no answer. Neither way is proposed: both move points for good. */
export function EndHoldForm({ hold: { holdId }, onEnded }: Props) {
  const { t } = useTexts();
  const draft = useDraft("hold", holdId, blank);
  const [isChecked, setIsChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const outcome = outcomes.find((each) => each === draft.fields.outcome);
  const reason = draft.fields.reason.trim();
  const ended = (how: HoldOutcome) => (): void => {
    draft.discard();
    onEnded(how);
  };
  const confirm = useAct(station.redemption.confirm, ended("confirm"));
  const cancel = useAct(station.redemption.cancel, ended("cancel"));
  const trouble = confirm.trouble ?? cancel.trouble;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (outcome !== undefined && reason !== "") {
      const input = { requestId: draft.requestIdAfter(trouble), holdId, said: { by: "person", reason } } as const;
      for (const act of [confirm, cancel]) act.forget();
      return (outcome === "confirm" ? confirm : cancel).run(input);
    }
    // The first thing that is missing, once it says so.
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLInputElement>(outcome === undefined ? "[type=radio]" : "[aria-invalid=true]")?.focus(),
    );
  };

  return (
    <>
      <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate>
        {trouble && <RefusalNotice trouble={trouble} />}
        <fieldset className={styles.outcomes} aria-describedby={isChecked && outcome === undefined ? "hold-outcome-missing" : undefined}>
          <legend className={styles.legend}>{t("holds.outcome")}</legend>
          {outcomes.map((each) => (
            <label key={each} className={styles.outcome}>
              <input type="radio" name="outcome" checked={each === outcome} onChange={() => draft.change({ outcome: each })} />
              <span>{t(`holds.outcome.${each}`)}</span>
            </label>
          ))}
          {isChecked && outcome === undefined && (
            <span id="hold-outcome-missing" className={styles.missing}>
              {t("holds.outcome.missing")}
            </span>
          )}
        </fieldset>
        <TextField
          label={t("holds.reason")}
          value={draft.fields.reason}
          onChange={(text) => draft.change({ reason: text })}
          error={isChecked && reason === "" ? t("holds.reason.missing") : undefined}
          hint={t("holds.reason.hint")}
          maxLength={200}
        />
        <SubmitButton isBusy={confirm.isBusy || cancel.isBusy}>{t("holds.submit")}</SubmitButton>
      </form>
      <Supervised act={confirm.mutation} />
      <Supervised act={cancel.mutation} />
    </>
  );
}
