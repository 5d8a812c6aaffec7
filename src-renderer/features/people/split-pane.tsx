import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { MergedView, SplitPreview } from "#shared/contracts/acts/people.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Notice } from "../../ui/notice.tsx";
import { PersonTable } from "./person-table.tsx";
import styles from "./people.module.css";

type SplitInput = Parameters<typeof station.people.split>[0];

type Props = {
  readonly pair: MergedView;
  readonly onSplit: (done: SplitPreview) => void;
};

/** One member that was two: what each would have stands on the screen before anybody can part them. */
export function SplitPane({ pair, onSplit }: Props) {
  const { t, number, date, instant } = useTexts();
  const { merged, member, mergedAtMs, by } = pair;
  const mergedId = merged.memberId;
  const [requestId] = useState(uuidv7);
  const [isShown, setIsShown] = useState(false);
  const preview = useQuery(queries.people.previewSplit.queryOptions({ input: { mergedId }, enabled: isShown, gcTime: 0 }));
  const split = useAct(
    (input: SplitInput) =>
      station.people.split(input).catch((cause: unknown) => {
        void preview.refetch();
        throw cause;
      }),
    onSplit,
  );
  const trouble = split.trouble ?? troubleOf(preview.error);
  const shown = preview.data;
  return (
    <section className={styles.pane} aria-label={t("people.merged")}>
      <h3 className={styles.title}>
        {t("people.split.title", { name: member.name, merged: merged.memberNumber, number: member.memberNumber })}
      </h3>
      {mergedAtMs !== null && <p className={styles.note}>{t("people.split.when", { at: instant(mergedAtMs), by: by ?? "" })}</p>}
      {trouble && <RefusalNotice trouble={trouble} />}
      {!shown && (
        <>
          <PersonTable label={member.memberNumber} members={[member]} />
          <div>
            <Button size="large" loading={preview.isFetching} onClick={() => setIsShown(true)}>
              {t("people.split.show")}
            </Button>
          </div>
        </>
      )}
      {shown && (
        <>
          <PersonTable label={t("people.pair", { one: member.memberNumber, other: merged.memberNumber })} members={shown.members} />
          {shown.unclear.length > 0 && (
            <Notice tone="warn" title={t("people.split.unclear", { count: shown.unclear.length })}>
              <ul>
                {shown.unclear.map(({ opId, receiptNumber, points, earnedOn }) => (
                  <li key={opId}>{t("people.split.award", { receipt: receiptNumber, points: number(points), date: date(earnedOn) })}</li>
                ))}
              </ul>
            </Notice>
          )}
          <p className={styles.note}>{t("people.split.how")}</p>
          <div>
            <Button
              danger
              size="large"
              loading={split.isBusy}
              onClick={() =>
                split.run({ requestId, mergedId, shown: shown.members.map(({ memberId, balance }) => ({ memberId, balance })) })
              }
            >
              {t("people.split.submit")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
