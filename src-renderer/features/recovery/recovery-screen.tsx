import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { Notice } from "../../ui/notice.tsx";
import { TakesFocus } from "../../ui/takes-focus.tsx";
import { Awaited } from "./awaited.tsx";
import { MissingList } from "./missing-list.tsx";

/** What is left to do after head office was put back from a copy: whom it waits for, and what somebody has to do once more. */
export default function RecoveryScreen({ operator, status, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const state = useQuery(queries.recovery.state.queryOptions({ input: {}, enabled: !isWithoutLine(status), staleTime: 0 }));
  const [news, setNews] = useState<string>();
  const mayAct = operator.permissions.includes("headOffice.manage");
  const onDone = (words: string): void => {
    setNews(words);
    void client.invalidateQueries({ queryKey: queries.recovery.key() });
  };

  return (
    <OfficePage
      id="recovery"
      title={t("recovery.title")}
      lead={t("recovery.lead")}
      status={status}
      trouble={troubleOf(state.error)}
      onClose={onClose}
    >
      {news !== undefined && (
        <TakesFocus key={news}>
          <Notice tone="good" title={news} />
        </TakesFocus>
      )}
      {state.data && (
        <>
          <Awaited state={state.data} mayAct={mayAct} onDone={() => onDone(t("recovery.wentOn"))} />
          <MissingList missing={state.data.missing} mayAct={mayAct} onDone={(what) => onDone(t("recovery.closed", { what }))} />
        </>
      )}
    </OfficePage>
  );
}
