import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { StockLine } from "#shared/contracts/stock.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
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
    <section className={styles.screen} aria-labelledby="stock-title">
      <header className={styles.header}>
        <div>
          <h2 id="stock-title" className={styles.title}>
            {t("stock.title")}
          </h2>
          <p className={styles.lead}>{t("stock.lead")}</p>
        </div>
        <Button onClick={onClose}>
          {t("stock.close")} <KeyCap>Esc</KeyCap>
        </Button>
      </header>
      {trouble && <RefusalNotice trouble={trouble} />}
      {stock.isSuccess && !chosen && <p className={styles.empty}>{t("stock.none")}</p>}
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
    </section>
  );
}
