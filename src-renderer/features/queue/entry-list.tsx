import { useState } from "react";
import type { QueueLine, QueueOverview } from "#shared/contracts/acts/queue.ts";
import { entryWords } from "../../app/intl/entry-words.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { EntryDetail } from "./entry-detail.tsx";
import { keyOf, type News, type QueueList } from "./queue-words.ts";
import styles from "./queue.module.css";

type Props = {
  readonly list: QueueList;
  readonly shown: QueueOverview[QueueList];
  readonly mayVouch: boolean;
  /** Another one is looked at: what was said of the one before is read. */
  readonly onChoose: () => void;
  readonly onDone: (news: News) => void;
};

/** Entries of one kind, and what is to be known and done of the chosen one. */
export function EntryList({ list, shown, mayVouch, onChoose, onDone }: Props) {
  const { t } = useTexts();
  const [chosenKey, setChosenKey] = useState<string>();
  const chosen = shown.lines.find((line) => keyOf(line) === chosenKey) ?? shown.lines[0];
  if (!chosen) return <EmptyList>{t(`queue.none.${list}`)}</EmptyList>;
  return (
    <ListAndDetail
      list={
        <>
          <OptionList
            label={t(`queue.${list}`, { count: shown.lines.length })}
            options={shown.lines.map((line) => ({ id: keyOf(line), content: <Row line={line} /> }))}
            selectedId={keyOf(chosen)}
            onSelect={(key) => {
              setChosenKey(key);
              onChoose();
            }}
            hasDigits={false}
            isFocusedFirst
          />
          {shown.isCut && <p className={styles.note}>{t("queue.cut")}</p>}
        </>
      }
      detail={<EntryDetail key={keyOf(chosen)} line={chosen} list={list} mayVouch={mayVouch} onDone={onDone} />}
    />
  );
}

function Row({ line }: { readonly line: QueueLine }) {
  const { t, instant } = useTexts();
  const { type, points, branch, slip, receivedAtMs, nameMasked, isOverdue } = line;
  const notes = [t("queue.row.from", { branch, slip }), instant(receivedAtMs), ...(isOverdue ? [t("queue.row.overdue")] : [])];
  return (
    <ListRow
      title={[t(entryWords(type), { type }), nameMasked].filter((part) => part !== null).join(" · ")}
      notes={notes}
      end={points === null ? undefined : <Numeral value={points} size="line" isSigned />}
    />
  );
}
