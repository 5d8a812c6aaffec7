import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StationView } from "#shared/contracts/acts/stations.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { EnrolmentCode } from "./enrolment-code.tsx";
import { StationDetail, type News } from "./station-detail.tsx";
import { contactWords } from "./station-words.ts";

/** Every counter of the company as head office last heard it, and what is done about one that is silent for good. */
export default function StationsScreen({ operator, status, onClose }: ScreenProps) {
  const texts = useTexts();
  const { t, number } = texts;
  const client = useQueryClient();
  const list = useQuery(queries.stations.list.queryOptions({ input: {}, enabled: !isWithoutLine(status) }));
  const [chosenId, setChosenId] = useState<string>();
  const [news, setNews] = useState<News>();
  const stations = (list.data?.stations ?? []).toSorted(worstFirst);
  const chosen = stations.find(({ replica }) => String(replica) === chosenId) ?? stations[0];
  const branchOf = ({ branch }: StationView): string => list.data?.branches.find(({ code }) => code === branch)?.name ?? branch;
  const nameOf = (station: StationView): string => t("stations.name", { branch: branchOf(station), replica: station.replica });
  const refresh = (): void => void client.invalidateQueries({ queryKey: queries.stations.list.key() });
  const mayAct = operator.permissions.includes("headOffice.manage");

  return (
    <OfficePage
      id="stations"
      title={t("stations.title")}
      lead={t("stations.lead")}
      status={status}
      trouble={troubleOf(list.error)}
      isReading={list.isLoading}
      onClose={onClose}
    >
      {list.isSuccess && stations.length === 0 && <p>{t("stations.none")}</p>}
      {list.isSuccess && chosen && (
        <ListAndDetail
          list={
            <OptionList
              label={t("stations.list")}
              options={stations.map((station) => ({
                id: String(station.replica),
                content: (
                  <ListRow
                    title={nameOf(station)}
                    notes={[contactWords(station, list.data.asOfMs, texts), t("stations.rights.of", figures(station.rights, number))]}
                    end={t(`stations.state.${station.state}`)}
                  />
                ),
              }))}
              selectedId={String(chosen.replica)}
              onSelect={(id) => {
                setChosenId(id);
                setNews(undefined);
              }}
              hasDigits={false}
              isFocusedFirst
            />
          }
          detail={
            <>
              {news && (
                <TakesFocus key={news.requestId}>
                  <Notice tone="good" title={t(news.kind === "fenced" ? "stations.fenced" : "stations.gaveBack", figures(news, number))}>
                    {news.proposals > 0 && t("stations.fenced.proposals", { count: news.proposals })}
                  </Notice>
                </TakesFocus>
              )}
              <StationDetail
                key={chosen.replica}
                station={chosen}
                name={nameOf(chosen)}
                asOfMs={list.data.asOfMs}
                cheapest={list.data.cheapest}
                mayAct={mayAct}
                onChanged={refresh}
                onNews={(heard) => {
                  setNews(heard);
                  refresh();
                }}
              />
              {mayAct && <EnrolmentCode key={chosen.branch} branch={chosen.branch} branchName={branchOf(chosen)} />}
            </>
          }
        />
      )}
    </OfficePage>
  );
}

const figures = ({ points, members }: { readonly points: number; readonly members: number }, number: (value: number) => string) => ({
  points: number(points),
  members,
});

/** What somebody shall look at first: points set aside, then what is not in order, then the longest silence. */
const worstFirst = (a: StationView, b: StationView): number =>
  setAsideOf(b) - setAsideOf(a) ||
  Number(a.state === "active") - Number(b.state === "active") ||
  (a.lastContactMs ?? 0) - (b.lastContactMs ?? 0);

const setAsideOf = ({ ended }: StationView): number => ended.reduce((sum, { setAside }) => sum + setAside.points, 0);
