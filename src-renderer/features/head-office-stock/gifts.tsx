import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { Gift } from "#shared/domain/stock/gift.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { GiftForm } from "./gift-form.tsx";

/** The gifts there are: name one, or change what it is called. */
export function Gifts() {
  const { t, name } = useTexts();
  const client = useQueryClient();
  const all = useQuery(queries.stock.gifts.queryOptions());
  const [chosenId, setChosenId] = useState<string>();
  const [saved, setSaved] = useState<{ readonly requestId: string; readonly gift: Gift }>();
  const trouble = troubleOf(all.error);
  if (trouble) return <RefusalNotice trouble={trouble} />;
  if (!all.isSuccess) return null;
  const gifts = all.data;
  const chosen = gifts.find(({ giftId }) => giftId === chosenId);
  const choose = (giftId: string | undefined): void => {
    setChosenId(giftId);
    setSaved(undefined);
  };
  return (
    <ListAndDetail
      list={
        <>
          <Button size="large" onClick={() => choose(undefined)}>
            {t("officeStock.new")}
          </Button>
          <OptionList
            label={t("officeStock.gifts")}
            options={gifts.map((gift) => ({
              id: gift.giftId,
              content: <ListRow title={name(gift.name)} notes={[`${gift.name["zh-CN"]} · ${gift.name["en-US"]}`]} />,
            }))}
            selectedId={chosen?.giftId}
            onSelect={choose}
            hasDigits={false}
          />
        </>
      }
      detail={
        <>
          {saved && (
            <TakesFocus key={saved.requestId}>
              <Notice tone="good" title={t("officeStock.saved", { name: name(saved.gift.name) })} />
            </TakesFocus>
          )}
          <GiftForm
            key={chosen?.giftId ?? ""}
            gift={chosen}
            takenIds={new Set(gifts.map(({ giftId }) => giftId))}
            onSaved={(news) => {
              setChosenId(news.gift.giftId);
              setSaved(news);
              void client.invalidateQueries({ queryKey: queries.stock.key() });
            }}
          />
        </>
      }
    />
  );
}
