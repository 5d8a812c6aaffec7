import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { QueueOverview } from "#shared/contracts/acts/queue.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { EntryList } from "./entry-list.tsx";
import { sections, type News, type QueueSection } from "./queue-words.ts";
import { UnclaimedList } from "./unclaimed-list.tsx";

/** What the counters sent and could not simply take effect, for somebody to decide or look at. */
export default function QueueScreen({ operator, status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const overview = useQuery(queries.queue.list.queryOptions({ input: {}, staleTime: 0, enabled: !isWithoutLine(status) }));
  const [chosenSection, setChosenSection] = useState<QueueSection>();
  const [news, setNews] = useState<News>();
  const data = overview.data;
  // What only a person can solve comes first; an empty list is not what anybody came for.
  const section = chosenSection ?? (data && sections.find((each) => data[each].lines.length > 0)) ?? "quarantined";
  const forgetNews = (): void => setNews(undefined);
  const onDone = (done: News): void => {
    setNews(done);
    void client.invalidateQueries({ queryKey: queries.queue.key() });
  };

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
      {data && (
        <>
          <ChoiceGroup
            label={t("queue.which")}
            choices={sections.map((each) => ({ id: each, text: t(`queue.${each}`, { count: data[each].lines.length }) }))}
            chosen={section}
            onChoose={(id) => {
              setChosenSection(id);
              forgetNews();
            }}
          />
          {news && (
            <TakesFocus key={news.requestId}>
              <Notice tone="good" title={t(`queue.${news.kind}`, { count: news.count })} />
            </TakesFocus>
          )}
          {section === "unclaimed" ? (
            <UnclaimedList shown={data.unclaimed} onChoose={forgetNews} onDone={onDone} />
          ) : (
            <EntryList
              key={section}
              list={section}
              shown={data[section]}
              mayVouch={operator.permissions.includes("headOffice.manage")}
              onChoose={forgetNews}
              onDone={onDone}
            />
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
