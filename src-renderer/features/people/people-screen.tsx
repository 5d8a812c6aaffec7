import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { becauseWords } from "./because-words.ts";
import { CompareForm, type Compared } from "./compare-form.tsx";
import { MergePane } from "./merge-pane.tsx";
import { SplitPane } from "./split-pane.tsx";

type News = { readonly title: string; readonly more: string | undefined };
type Line = { readonly id: string; readonly content: ReactNode; readonly pane: ReactNode };

/** Who may have joined twice and who was made one member: merging, and parting again. */
export default function PeopleScreen({ status, onClose }: ScreenProps) {
  const { t, number } = useTexts();
  const client = useQueryClient();
  const list = useQuery(queries.people.list.queryOptions({ input: {}, enabled: !isWithoutLine(status) }));
  const [chosenId, setChosenId] = useState<string>();
  const [compared, setCompared] = useState<Compared>();
  const [news, setNews] = useState<News>();

  const refresh = (): void => void client.invalidateQueries({ queryKey: queries.people.list.key() });
  const renew = (pair: Compared): void => {
    refresh();
    const numbers = pair.members.map(({ memberNumber }) => memberNumber);
    if (compared) void station.people.compare({ numbers }).then(setCompared, () => setCompared(undefined));
  };
  const tell = (told: News): void => {
    setNews(told);
    setCompared(undefined);
    setChosenId(undefined);
    refresh();
  };
  const mergePane = (pair: Compared): ReactNode => (
    <MergePane
      key={pair.members.map(({ memberId }) => memberId).join()}
      {...pair}
      onChanged={() => renew(pair)}
      onMerged={({ member, blockedCard }) =>
        tell({
          title: t("people.merge.done", { number: member.memberNumber, points: number(member.balance) }),
          more: blockedCard ? t("people.merge.cardEnded", { last4: blockedCard.last4 }) : undefined,
        })
      }
    />
  );
  const lines: readonly Line[] = [
    ...(list.data?.similar ?? []).map((pair): Line => {
      const [one, other] = pair.members;
      return {
        id: pair.members.map(({ memberId }) => memberId).join(),
        content: (
          <ListRow
            title={t("people.pair", { one: one?.name ?? "", other: other?.name ?? "" })}
            notes={[pair.members.map(({ memberNumber }) => memberNumber).join(" · "), becauseWords(pair.because, t)]}
          />
        ),
        pane: mergePane(pair),
      };
    }),
    ...(list.data?.merged ?? []).map((pair): Line => ({
      id: pair.merged.memberId,
      content: (
        <ListRow title={pair.member.name} notes={[`${pair.merged.memberNumber} → ${pair.member.memberNumber}`]} end={t("people.merged")} />
      ),
      pane: (
        <SplitPane
          key={pair.merged.memberId}
          pair={pair}
          onSplit={({ members: [one, other] }) =>
            tell({
              title: t("people.split.done", {
                one: one?.memberNumber ?? "",
                onePoints: number(one?.balance ?? 0),
                other: other?.memberNumber ?? "",
                otherPoints: number(other?.balance ?? 0),
              }),
              more: undefined,
            })
          }
        />
      ),
    })),
  ];
  const chosen = lines.find(({ id }) => id === chosenId) ?? lines[0];

  return (
    <OfficePage
      id="people"
      title={t("people.title")}
      lead={t("people.lead")}
      status={status}
      trouble={troubleOf(list.error)}
      isReading={list.isLoading}
      onClose={onClose}
    >
      {news && (
        <TakesFocus key={news.title}>
          <Notice tone="good" title={news.title}>
            {news.more}
          </Notice>
        </TakesFocus>
      )}
      {list.isSuccess && (
        <ListAndDetail
          list={
            <>
              {lines.length === 0 && <EmptyList>{t("people.none")}</EmptyList>}
              {lines.length > 0 && (
                <OptionList
                  label={t("people.list")}
                  options={lines}
                  selectedId={compared ? undefined : chosen?.id}
                  onSelect={(id) => {
                    setChosenId(id);
                    setCompared(undefined);
                    setNews(undefined);
                  }}
                  hasDigits={false}
                  isFocusedFirst
                />
              )}
              <CompareForm
                isFocusedFirst={lines.length === 0}
                onCompared={(pair) => {
                  setCompared(pair);
                  setNews(undefined);
                }}
              />
            </>
          }
          detail={compared ? mergePane(compared) : chosen?.pane}
        />
      )}
    </OfficePage>
  );
}
