import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StockLine } from "#shared/contracts/stock.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { ItemPanel } from "./item-panel.tsx";
import { StockMarks } from "./stock-marks.tsx";
import styles from "./stock.module.css";

const idOf = ({ item }: Pick<StockLine, "item">): string => `${item.kind}/${item.id}`;

/** Gifts and blank cards of the branch: everybody reads, a manager moves and counts. */
export default function StockScreen({ operator, onClose }: ScreenProps) {
  const { t, name } = useTexts();
  const client = useQueryClient();
  const stock = useQuery(queries.stock.list.queryOptions({ staleTime: 0 }));
  const [chosenId, setChosenId] = useState<string>();
  useStationEvents((event) => {
    // A card that was issued leaves the drawer without a movement of its own.
    if (event.type === "stockChanged" || event.type === "memberChanged") void client.invalidateQueries({ queryKey: queries.stock.key() });
  });
  const lines = stock.data ?? [];
  const chosen = lines.find((line) => idOf(line) === chosenId) ?? lines[0];
  const trouble = troubleOf(stock.error);

  return (
    <ScreenPage id="stock" title={t("stock.title")} lead={t("stock.lead")} trouble={trouble} isReading={stock.isLoading} onClose={onClose}>
      {stock.isSuccess && !chosen && <EmptyList>{t("stock.none")}</EmptyList>}
      {chosen && (
        <div className={styles.columns}>
          <OptionList
            label={t("stock.list")}
            options={lines.map((line) => ({
              id: idOf(line),
              content: (
                <span className={styles.row}>
                  <span className={styles.what}>
                    <span className={styles.name}>{name(line.name)}</span>
                    <span className={styles.detail}>{t(`stock.kind.${line.item.kind}`)}</span>
                    <StockMarks line={line} />
                  </span>
                  <Numeral value={line.onHand} size="large" />
                </span>
              ),
            }))}
            selectedId={idOf(chosen)}
            onSelect={setChosenId}
            hasDigits={false}
            isFocusedFirst
          />
          <ItemPanel key={idOf(chosen)} line={chosen} mayManage={operator.permissions.includes("stock.manage")} />
        </div>
      )}
    </ScreenPage>
  );
}
