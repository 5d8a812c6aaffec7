import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { HoldView } from "#shared/contracts/redemption.ts";
import { queries } from "../../app/client.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { ListAndDetail, ListRow } from "../../ui/list-and-detail.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { EndHoldForm } from "./end-hold-form.tsx";

/** What waits for a word of whoever carries out a redemption, and how a supervisor ends it when none comes. */
export default function HoldsScreen({ onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const held = useQuery(queries.redemption.held.queryOptions({ staleTime: 0 }));
  const [chosenId, setChosenId] = useState<string>();
  const [word, setWord] = useState<MessageKey>();
  const holds = held.data?.holds ?? [];
  const chosen = holds.find(({ holdId }) => holdId === chosenId) ?? holds[0];
  const trouble = troubleOf(held.error);

  const refresh = (): void => void client.invalidateQueries({ queryKey: queries.redemption.held.key() });
  useStationEvents((event) => {
    if (event.type === "status" || event.type === "journalChanged") refresh();
  });

  return (
    <ScreenPage id="holds" title={t("holds.title")} lead={t("holds.lead")} trouble={trouble} isReading={held.isLoading} onClose={onClose}>
      {word && <Notice tone="good" title={t(word)} />}
      {held.isSuccess && !chosen && <EmptyList>{t("holds.none")}</EmptyList>}
      {chosen && (
        <ListAndDetail
          list={
            <OptionList
              label={t("holds.list")}
              options={holds.map((hold) => ({ id: hold.holdId, content: <Row hold={hold} /> }))}
              selectedId={chosen.holdId}
              onSelect={setChosenId}
              isFocusedFirst
            />
          }
          detail={
            chosen.where === "here" ? (
              <EndHoldForm
                key={chosen.holdId}
                hold={chosen}
                onEnded={(outcome) => {
                  setWord(outcome === "confirm" ? "holds.confirmed" : "holds.cancelled");
                  refresh();
                }}
              />
            ) : (
              <p>{t(`holds.where.${chosen.where}`)}</p>
            )
          }
        />
      )}
    </ScreenPage>
  );
}

function Row({ hold }: { readonly hold: HoldView }) {
  const { t, name, instant } = useTexts();
  const about = {
    plan: hold.planName === null ? t("holds.planUnknown") : name(hold.planName),
    quantity: hold.quantity,
    taker: hold.taker.name,
    time: instant(hold.atMs),
    by: hold.by ?? t("holds.byUnknown"),
  };
  return (
    <ListRow title={hold.name || hold.memberNumber} notes={[t("holds.about", about)]} end={<Numeral value={hold.points} size="line" />} />
  );
}
