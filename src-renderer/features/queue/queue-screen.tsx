import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { QueueLine, QueueOverview } from "#shared/contracts/acts/queue.ts";
import { queries } from "../../app/client.ts";
import { entryWords } from "../../app/intl/entry-words.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import type { News } from "./decision-form.tsx";
import { EntryDetail } from "./entry-detail.tsx";
import { keyOf, lists, type QueueList } from "./queue-words.ts";
import styles from "./queue.module.css";

/** What the counters sent and could not simply take effect, for somebody to decide or look at. */
export default function QueueScreen({ operator, status, onClose }: ScreenProps) {
  const texts = useTexts();
  const { t } = texts;
  const client = useQueryClient();
  const overview = useQuery(queries.queue.list.queryOptions({ input: {}, staleTime: 0, enabled: !isWithoutLine(status) }));
  const [chosenList, setChosenList] = useState<QueueList>();
  const [chosenKey, setChosenKey] = useState<string>();
  const [news, setNews] = useState<News>();
  const data = overview.data;
  // What only a person can solve comes first; an empty list is not what anybody came for.
  const list = chosenList ?? (data && lists.find((each) => data[each].lines.length > 0)) ?? "quarantined";
  const shown = data?.[list];
  const chosen = shown?.lines.find((line) => keyOf(line) === chosenKey) ?? shown?.lines[0];

  return (
    <OfficePage
      id="queue"
      title={t("queue.title")}
      lead={t("queue.lead")}
      status={status}
      trouble={troubleOf(overview.error)}
      isReading={overview.isLoading}
      onClose={onClose}
    >
      {data && <Alarms overview={data} />}
      {data && shown && (
        <>
          <ChoiceGroup
            label={t("queue.which")}
            choices={lists.map((each) => ({ id: each, text: t(`queue.${each}`, { count: data[each].lines.length }) }))}
            chosen={list}
            onChoose={(id) => {
              setChosenList(id);
              setNews(undefined);
            }}
          />
          {news && (
            <TakesFocus key={news.requestId}>
              <Notice tone="good" title={t(`queue.${news.kind}`, { count: news.others })} />
            </TakesFocus>
          )}
          {chosen ? (
            <ListAndDetail
              list={
                <>
                  <OptionList
                    label={t(`queue.${list}`, { count: shown.lines.length })}
                    options={shown.lines.map((line) => ({ id: keyOf(line), content: <Row line={line} /> }))}
                    selectedId={keyOf(chosen)}
                    onSelect={(key) => {
                      setChosenKey(key);
                      setNews(undefined);
                    }}
                    hasDigits={false}
                    isFocusedFirst
                  />
                  {shown.isCut && <p className={styles.note}>{t("queue.cut")}</p>}
                </>
              }
              detail={
                <EntryDetail
                  key={`${list} ${keyOf(chosen)}`}
                  line={chosen}
                  list={list}
                  mayVouch={operator.permissions.includes("headOffice.manage")}
                  onDone={(done) => {
                    setNews(done);
                    void client.invalidateQueries({ queryKey: queries.queue.key() });
                  }}
                />
              }
            />
          ) : (
            <EmptyList>{t(`queue.none.${list}`)}</EmptyList>
          )}
        </>
      )}
    </OfficePage>
  );
}

/** Counters that somebody has to look at before anything else. */
function Alarms({ overview: { watched, suspended } }: { readonly overview: QueueOverview }) {
  const { t } = useTexts();
  return (
    <>
      {watched.map(({ replica, branch, entries }) => (
        <Notice key={`watched ${replica}`} tone="danger" title={t("queue.watched.title", { branch, replica })}>
          {t("queue.watched.body", { count: entries })}
        </Notice>
      ))}
      {suspended.map(({ replica, branch }) => (
        <Notice key={`suspended ${replica}`} tone="danger" title={t("queue.suspended.title", { branch, replica })}>
          {t("queue.suspended.body")}
        </Notice>
      ))}
    </>
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
