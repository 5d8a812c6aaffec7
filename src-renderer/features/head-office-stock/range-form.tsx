import { useState, type FormEvent } from "react";
import type { AssignedCards } from "#shared/contracts/stock.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useDraft } from "../../app/acts/use-draft.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { readCardNumber, readMark } from "./read-number.ts";
import styles from "./office-stock.module.css";

type Props = {
  readonly known: AssignedCards;
  readonly onAssigned: (news: { readonly requestId: string; readonly branch: string; readonly cards: number }) => void;
};

const blank = { branch: "", cardKind: "", first: "", last: "", lowAt: "20" };

/** Gives the blank cards of a box to a branch, by the numbers of its first and its last card. */
export function RangeForm({ known, onAssigned }: Props) {
  const { t, name } = useTexts();
  const draft = useDraft("cardRange", undefined, blank);
  const [isChecked, setIsChecked] = useState(false);
  const { fields } = draft;
  const branch = known.branches.find(({ code }) => code === fields.branch) ?? known.branches[0];
  const kind = known.kinds.find((each) => each.kind === fields.cardKind) ?? known.kinds[0];
  const first = readCardNumber(fields.first);
  const last = readCardNumber(fields.last);
  const lowAt = readMark(fields.lowAt);
  const assign = useAct(station.stock.assignCards, ({ cards }, { requestId }) => {
    draft.discard();
    setIsChecked(false);
    onAssigned({ requestId, branch: branch?.name ?? "", cards });
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (!branch || !kind || first === undefined || last === undefined || lowAt === undefined) return;
    assign.run({ requestId: draft.requestIdAfter(assign.trouble), branch: branch.code, cardKind: kind.kind, first, last, lowAt });
  };
  const numberError = (read: string | undefined): string | undefined =>
    isChecked && read === undefined ? t("officeStock.number.wrong") : undefined;

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <h3 className={styles.title}>{t("officeStock.assign")}</h3>
      {assign.trouble && <RefusalNotice trouble={assign.trouble} />}
      <ChoiceField
        label={t("officeStock.branch")}
        choices={known.branches.map((each) => ({ id: each.code, label: `${each.code} ${each.name}` }))}
        chosenId={branch?.code ?? ""}
        onChoose={(code) => draft.change({ branch: code })}
        about={t("officeStock.branch.about")}
      />
      <ChoiceField
        label={t("officeStock.kind")}
        choices={known.kinds.map((each) => ({ id: each.kind, label: name(each.name) }))}
        chosenId={kind?.kind ?? ""}
        onChoose={(cardKind) => draft.change({ cardKind })}
        about={t("officeStock.kind.about")}
      />
      <TextField
        label={t("officeStock.first")}
        value={fields.first}
        onChange={(text) => draft.change({ first: text })}
        error={numberError(first)}
        inputMode="numeric"
        maxLength={32}
      />
      <TextField
        label={t("officeStock.last")}
        value={fields.last}
        onChange={(text) => draft.change({ last: text })}
        error={numberError(last)}
        inputMode="numeric"
        maxLength={32}
      />
      <TextField
        label={t("officeStock.lowAt")}
        value={fields.lowAt}
        onChange={(text) => draft.change({ lowAt: text })}
        error={isChecked && lowAt === undefined ? t("officeStock.lowAt.wrong") : undefined}
        inputMode="numeric"
      />
      <SubmitButton isBusy={assign.isBusy}>{t("officeStock.assign.submit")}</SubmitButton>
    </form>
  );
}
