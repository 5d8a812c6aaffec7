import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { RangeForm } from "./range-form.tsx";

/** The numbers of blank cards, by branch, and a form that gives out more. */
export function CardRanges() {
  const { t, name } = useTexts();
  const client = useQueryClient();
  const known = useQuery(queries.stock.ranges.queryOptions());
  const [chosenId, setChosenId] = useState<string>();
  const [assigned, setAssigned] = useState<{ readonly requestId: string; readonly branch: string; readonly cards: number }>();
  const trouble = troubleOf(known.error);
  if (trouble) return <RefusalNotice trouble={trouble} />;
  if (!known.isSuccess) return null;
  const { ranges, branches, kinds } = known.data;
  return (
    <ListAndDetail
      list={
        ranges.length === 0 ? (
          <p>{t("officeStock.ranges.none")}</p>
        ) : (
          <OptionList
            label={t("officeStock.ranges")}
            options={ranges.map((range) => {
              const kind = kinds.find((each) => each.kind === range.cardKind);
              return {
                id: range.rangeId,
                content: (
                  <ListRow
                    title={branches.find(({ branchId }) => branchId === range.branchId)?.name}
                    notes={[kind ? name(kind.name) : range.cardKind, t("officeStock.range", { first: range.first, last: range.last })]}
                    end={t("officeStock.range.cards", { cards: range.cards })}
                  />
                ),
              };
            })}
            selectedId={chosenId}
            onSelect={setChosenId}
            hasDigits={false}
            isFocusedFirst
          />
        )
      }
      detail={
        <>
          {assigned && (
            <TakesFocus key={assigned.requestId}>
              <Notice tone="good" title={t("officeStock.assigned", { branch: assigned.branch, cards: assigned.cards })} />
            </TakesFocus>
          )}
          <RangeForm
            known={known.data}
            onAssigned={(news) => {
              setAssigned(news);
              void client.invalidateQueries({ queryKey: queries.stock.key() });
            }}
          />
        </>
      }
    />
  );
}
