import { useState } from "react";
import { useTexts } from "../../app/intl/use-texts.ts";
import { OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { CardRanges } from "./card-ranges.tsx";
import { Gifts } from "./gifts.tsx";

/** What head office gives to its branches: the numbers of blank cards, and the gifts there are. */
export default function HeadOfficeStockScreen({ status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const [what, setWhat] = useState<"cards" | "gifts">("cards");
  return (
    <OfficePage
      id="officeStock"
      title={t("officeStock.title")}
      lead={t("officeStock.lead")}
      status={status}
      trouble={undefined}
      onClose={onClose}
    >
      <ChoiceGroup
        label={t("officeStock.what")}
        choices={(["cards", "gifts"] as const).map((id) => ({ id, text: t(`officeStock.${id}`) }))}
        chosen={what}
        onChoose={setWhat}
      />
      {what === "cards" ? <CardRanges /> : <Gifts />}
    </OfficePage>
  );
}
