import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { StockLine } from "#shared/contracts/stock.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { parsePieces } from "./pieces.ts";
import styles from "./stock.module.css";
import { useIntent } from "./use-intent.ts";

type Move = "receive" | "takeOut" | "send";
type Props = { readonly act: Move; readonly line: StockLine; readonly onDone: (after: StockLine) => void };
type Why = "damaged" | "lost";
type Asked = { readonly pieces: number; readonly why: Why; readonly toBranchId: string };

/** Gifts that come in or go out other than for a member. */
export function MoveForm({ act, line, onDone }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [why, setWhy] = useState<Why>("damaged");
  const branches = useQuery(queries.stock.branches.queryOptions({ enabled: act === "send" }));
  const [chosenBranch, setChosenBranch] = useState<string>();
  const toBranchId = chosenBranch ?? branches.data?.[0]?.branchId ?? "";
  const giftId = line.item.id;
  const move = useIntent(({ requestId, pieces, ...asked }: Asked & { requestId: string }) => {
    if (act === "receive") return station.stock.receive({ requestId, giftId, pieces });
    if (act === "takeOut") return station.stock.takeOut({ requestId, giftId, pieces, why: asked.why });
    return station.stock.send({ requestId, giftId, pieces, toBranchId: asked.toBranchId });
  }, onDone);
  const pieces = parsePieces(typed, 1);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (pieces === undefined) return setIsChecked(true);
    move.run({ pieces, why, toBranchId });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      {move.trouble && <RefusalNotice trouble={move.trouble} />}
      <TextField
        label={t("stock.pieces")}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          setIsChecked(false);
          if (move.trouble) move.forget();
        }}
        error={isChecked && pieces === undefined ? t("stock.pieces.wrong") : undefined}
        size="numeral"
        inputMode="numeric"
        maxLength={5}
        isFocusedFirst
      />
      {act === "takeOut" && (
        <OptionList
          label={t("stock.takeOut.why")}
          options={(["damaged", "lost"] as const).map((option) => ({ id: option, content: t(`stock.takeOut.${option}`) }))}
          selectedId={why}
          onSelect={(chosen) => setWhy(chosen === "lost" ? "lost" : "damaged")}
          hasDigits={false}
        />
      )}
      {act === "send" && (
        <OptionList
          label={t("stock.send.to")}
          options={(branches.data ?? []).map(({ branchId, name }) => ({ id: branchId, content: name }))}
          selectedId={toBranchId}
          onSelect={setChosenBranch}
          hasDigits={false}
        />
      )}
      <SubmitButton isBusy={move.isBusy}>{t(`stock.${act}.submit`)}</SubmitButton>
    </form>
  );
}
