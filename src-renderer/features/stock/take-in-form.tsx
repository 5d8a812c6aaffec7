import { useState, type FormEvent } from "react";
import type { StockLine } from "#shared/contracts/stock.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { parsePieces } from "./pieces.ts";
import styles from "./stock.module.css";
import { useIntent } from "./use-intent.ts";

type Props = { readonly line: StockLine; readonly onDone: (after: StockLine) => void };

/** A parcel from another branch is opened: what was in it is what is taken in. */
export function TakeInForm({ line: { parcels }, onDone }: Props) {
  const { t, number, instant } = useTexts();
  const [chosenId, setChosenId] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const [isChecked, setIsChecked] = useState(false);
  const parcel = parcels.find(({ sentMoveId }) => sentMoveId === chosenId) ?? parcels[0];
  const takeIn = useIntent(station.stock.takeIn, onDone);
  const shown = typed ?? String(parcel?.pieces ?? "");
  const pieces = parsePieces(shown, 0);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (pieces === undefined || !parcel) return setIsChecked(true);
    takeIn.run({ sentMoveId: parcel.sentMoveId, pieces });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {takeIn.trouble && <RefusalNotice trouble={takeIn.trouble} />}
      <OptionList
        label={t("stock.act.takeIn")}
        options={parcels.map(({ sentMoveId, fromBranch, pieces: sent, sentAtMs }) => ({
          id: sentMoveId,
          content: t("stock.takeIn.from", { branch: fromBranch, time: instant(sentAtMs), pieces: number(sent) }),
        }))}
        selectedId={parcel?.sentMoveId}
        onSelect={(id) => {
          setChosenId(id);
          setTyped(undefined);
        }}
        hasDigits={false}
      />
      <TextField
        label={t("stock.takeIn.pieces")}
        value={shown}
        onChange={(text) => {
          setTyped(text);
          setIsChecked(false);
          if (takeIn.trouble) takeIn.forget();
        }}
        error={isChecked && pieces === undefined ? t("stock.takeIn.wrong") : undefined}
        size="numeral"
        inputMode="numeric"
        maxLength={5}
        isFocusedFirst
      />
      <SubmitButton isBusy={takeIn.isBusy}>{t("stock.takeIn.submit")}</SubmitButton>
    </form>
  );
}
