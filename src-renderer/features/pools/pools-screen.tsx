import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { MakeForm } from "./make-form.tsx";
import { PoolPane } from "./pool-pane.tsx";

const newPool = "new";

/** Households and companies that save up together: make one, let members join and leave. */
export default function PoolsScreen({ status, onClose }: ScreenProps) {
  const { t, number } = useTexts();
  const [chosenId, setChosenId] = useState<string>();
  const [news, setNews] = useState<{ readonly title: string; readonly note?: string }>();
  const list = useQuery(queries.pools.list.queryOptions({ input: {}, enabled: !isWithoutLine(status), staleTime: 0 }));
  const pools = list.data?.pools ?? [];
  // One that was just made is in the list a moment later; until then no other pool stands there, whom somebody might join by mistake.
  const chosen = chosenId === undefined ? pools[0] : pools.find(({ poolId }) => poolId === chosenId);
  const makesOne = chosenId === newPool || pools.length === 0;
  const choose = (poolId: string): void => {
    setChosenId(poolId);
    setNews(undefined);
  };
  const onDone = (poolId: string | undefined, said: { readonly title: string; readonly note?: string }): void => {
    setChosenId(poolId);
    setNews(said);
    void list.refetch();
  };

  return (
    <OfficePage
      id="pools"
      title={t("pools.title")}
      lead={t("pools.lead")}
      status={status}
      trouble={troubleOf(list.error)}
      isReading={list.isLoading}
      onClose={onClose}
    >
      <ListAndDetail
        list={
          <>
            <Button size="large" onClick={() => choose(newPool)}>
              {t("pools.new")}
            </Button>
            {list.isSuccess && pools.length === 0 && <EmptyList>{t("pools.none")}</EmptyList>}
            {pools.length > 0 && (
              <OptionList
                label={t("pools.list")}
                options={pools.map(({ poolId, name, kind, balance, members }) => ({
                  id: poolId,
                  content: (
                    <ListRow
                      title={name}
                      notes={[t(`pools.kind.${kind}`), t("pools.members", { count: members.length })]}
                      end={t("pools.balance", { points: number(balance) })}
                    />
                  ),
                }))}
                selectedId={chosen?.poolId}
                onSelect={choose}
                hasDigits={false}
                isFocusedFirst
              />
            )}
          </>
        }
        detail={
          <>
            {news && (
              <Notice tone="good" title={news.title}>
                {news.note}
              </Notice>
            )}
            {chosen && (
              <PoolPane
                key={chosen.poolId}
                pool={chosen}
                onJoined={() => onDone(chosen.poolId, { title: t("pools.joined") })}
                onLeft={({ taken, owed }) =>
                  onDone(chosen.poolId, {
                    title: t("pools.left", { taken: number(taken) }),
                    ...(owed > 0 && { note: t("pools.left.owed", { owed: number(owed) }) }),
                  })
                }
              />
            )}
            {makesOne && <MakeForm onMade={(poolId) => onDone(poolId, { title: t("pools.made") })} />}
          </>
        }
      />
    </OfficePage>
  );
}
