import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { PersonView, Sameness } from "#shared/contracts/acts/people.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { becauseWords } from "./because-words.ts";
import { PersonTable } from "./person-table.tsx";
import styles from "./people.module.css";

type Merged = Awaited<ReturnType<typeof station.people.merge>>;
type MergeInput = Parameters<typeof station.people.merge>[0];

type Props = {
  readonly members: readonly PersonView[];
  readonly because: readonly Sameness[];
  /** The figures on the screen are not those of head office any more. */
  readonly onChanged: () => void;
  readonly onMerged: (merged: Merged) => void;
};

/** Two members before they become one: what both have, who stays and whose card stays. */
export function MergePane({ members, because, onChanged, onMerged }: Props) {
  const texts = useTexts();
  const { t, number } = texts;
  const [first, second] = members;
  const [requestId] = useState(uuidv7);
  const [staysId, setStaysId] = useState(first?.memberId ?? "");
  const [keepsId, setKeepsId] = useState(first?.memberId ?? "");
  const merge = useAct(
    (input: MergeInput) =>
      station.people.merge(input).catch((cause: unknown) => {
        onChanged();
        throw cause;
      }),
    onMerged,
  );
  if (!first || !second) return null;
  const haveBothCards = first.card !== null && second.card !== null;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    merge.run({
      requestId,
      memberId: staysId,
      mergedId: staysId === first.memberId ? second.memberId : first.memberId,
      keepCardOf: haveBothCards ? keepsId : null,
      shown: members.map(({ memberId, balance }) => ({ memberId, balance })),
    });
  };
  return (
    <form className={styles.pane} onSubmit={send}>
      <h3 className={styles.title}>{t("people.pair", { one: first.name, other: second.name })}</h3>
      <p className={styles.note}>{becauseWords(because, t)}</p>
      {merge.trouble && <RefusalNotice trouble={merge.trouble} />}
      <PersonTable label={t("people.pair", { one: first.memberNumber, other: second.memberNumber })} members={members} />
      <ChoiceGroup
        label={t("people.stays")}
        choices={members.map(({ memberId, memberNumber }) => ({ id: memberId, text: memberNumber }))}
        chosen={staysId}
        onChoose={setStaysId}
      />
      {haveBothCards && (
        <>
          <ChoiceGroup
            label={t("people.keeps")}
            choices={members.flatMap(({ memberId, card }) =>
              card ? { id: memberId, text: t("people.card.ends", { kind: texts.name(card.kindName), last4: card.last4 }) } : [],
            )}
            chosen={keepsId}
            onChoose={setKeepsId}
          />
          <p className={styles.note}>{t("people.keeps.why")}</p>
        </>
      )}
      <p className={styles.note}>{t("people.merge.how")}</p>
      <div>
        <Button type="primary" size="large" htmlType="submit" loading={merge.isBusy}>
          {t("people.merge.submit", { points: number(first.balance + second.balance) })}
        </Button>
      </div>
    </form>
  );
}
