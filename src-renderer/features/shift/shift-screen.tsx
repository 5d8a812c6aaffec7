import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { useAct } from "../../app/acts/use-act.ts";
import { queries, station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ShiftLines, type Explained } from "./shift-lines.tsx";
import { ShiftReport } from "./shift-report.tsx";
import styles from "./shift.module.css";

/** What this counter did since the last close, whoever did it; closing it, and the page that goes with the cash. */
export default function ShiftScreen({ status, onOpenMember, onClose }: ScreenProps) {
  const { t, instant, date } = useTexts();
  const client = useQueryClient();
  const current = useQuery(queries.shift.current.queryOptions({ staleTime: 0 }));
  const [explained, setExplained] = useState<Explained>();
  const [requestId, setRequestId] = useState(uuidv7);
  const closing = useAct(station.shift.close, () => {
    setRequestId(uuidv7());
    void client.invalidateQueries({ queryKey: queries.shift.key() });
  });
  useStationEvents((event) => {
    if (event.type === "status" || event.type === "journalChanged") void client.invalidateQueries({ queryKey: queries.shift.key() });
  });

  const closed = closing.mutation.data;
  const shift = closed?.shift ?? current.data;
  const trouble = troubleOf(current.error) ?? closing.trouble;
  const upTo = closed ? null : (current.data?.upTo ?? null);
  const close = (): void => {
    if (upTo !== null) closing.run({ requestId: closing.trouble?.code === "REQUEST_ID_REUSED" ? uuidv7() : requestId, upTo });
  };

  return (
    <div className={styles.paper}>
      <ScreenPage
        id="shift"
        title={t("shift.title")}
        lead={
          <>
            {status?.branch && <p>{t("shift.station", { branch: status.branch.name, number: status.stationNumber })}</p>}
            {shift && (
              <p>
                {shift.sinceMs === null
                  ? t("shift.lead.empty", { date: date(shift.businessDate) })
                  : t("shift.lead", { date: date(shift.businessDate), time: instant(shift.sinceMs) })}
              </p>
            )}
            {shift?.before && <p>{t("shift.before", { name: shift.before.closedBy, time: instant(shift.before.closedAtMs) })}</p>}
          </>
        }
        actions={
          <>
            {/* Each its own, or the next Enter would meet the button that still shows how busy the closing is. */}
            {closed ? (
              <Button key="next" type="primary" onClick={closing.forget} autoFocus>
                {t("shift.next")} <KeyCap>Enter</KeyCap>
              </Button>
            ) : (
              <Button key="close" type="primary" onClick={close} disabled={upTo === null} loading={closing.isBusy} autoFocus>
                {t("shift.close")} <KeyCap>Enter</KeyCap>
              </Button>
            )}
            <Button onClick={() => window.print()}>{t("shift.print")}</Button>
          </>
        }
        trouble={trouble}
        onClose={onClose}
      >
        {closed && (
          <Notice tone="good" title={t("shift.closed", { name: closed.closedBy, time: instant(closed.closedAtMs) })}>
            {t("shift.closed.late")}
          </Notice>
        )}
        {shift && <ShiftReport shift={shift} onExplain={closed ? undefined : setExplained} />}
        {explained && <ShiftLines explained={explained} onOpenMember={onOpenMember} onClose={() => setExplained(undefined)} />}
      </ScreenPage>
    </div>
  );
}
