import { CalculatorOutlined, FallOutlined, InboxOutlined } from "@ant-design/icons";
import type { StockLine } from "#shared/contracts/stock.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Mark } from "../../ui/mark.tsx";

/** What has to be done about an item, in words; nothing where all is well. */
export function StockMarks({ line }: { readonly line: StockLine }) {
  const { t, number } = useTexts();
  const onTheWay = line.parcels.reduce((sum, { pieces }) => sum + pieces, 0);
  return (
    <>
      {line.mustBeCounted && (
        <Mark tone="danger" icon={<CalculatorOutlined />}>
          {t("stock.mark.count")}
        </Mark>
      )}
      {line.isLow && (
        <Mark tone="warn" icon={<FallOutlined />}>
          {t("stock.mark.low", { lowAt: number(line.lowAt) })}
        </Mark>
      )}
      {onTheWay > 0 && (
        <Mark tone="plain" icon={<InboxOutlined />}>
          {t("stock.mark.parcel", { pieces: number(onTheWay) })}
        </Mark>
      )}
    </>
  );
}
