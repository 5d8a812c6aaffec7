import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { isWithoutLine, OfficePage } from "../../app/screens/office-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CloseForm } from "./close-form.tsx";
import { LateList } from "./late-list.tsx";
import { PeriodReport } from "./period-report.tsx";
import styles from "./periods.module.css";

/** More do not stand side by side; older ones are in head office's own list. */
const offered = 6;

/** Closes the books up to a date, and shows what is closed: the figures stay, and what was heard late stands below with both dates. */
export default function PeriodsScreen({ operator, status, onClose }: ScreenProps) {
  const { t, date } = useTexts();
  const [until, setUntil] = useState<string>();
  const [closed, setClosed] = useState<string>();
  const input = until === undefined ? {} : { until };
  const list = useQuery(queries.periods.list.queryOptions({ input, enabled: !isWithoutLine(status), staleTime: 0 }));
  const periods = list.data?.periods ?? [];
  const shown = periods.find((period) => period.until === until) ?? periods[0];

  return (
    <OfficePage
      id="periods"
      title={t("periods.title")}
      lead={t("periods.lead")}
      status={status}
      trouble={troubleOf(list.error)}
      isReading={list.isLoading}
      onClose={onClose}
    >
      {closed !== undefined && <Notice tone="good" title={t("periods.closed", { date: date(closed) })} />}
      {/* The date that it offers is head office's to say. */}
      {operator.permissions.includes("headOffice.manage") && (list.data !== undefined || isWithoutLine(status)) && (
        <CloseForm
          key={list.data?.closableUntil}
          closedUntil={periods[0]?.until}
          closableUntil={list.data?.closableUntil}
          isWithoutLine={isWithoutLine(status)}
          onClosed={(period) => {
            setUntil(undefined);
            setClosed(period);
            void list.refetch();
          }}
        />
      )}
      {list.isSuccess && !shown && <p className={styles.note}>{t("periods.none")}</p>}
      {shown && (
        <>
          <ChoiceGroup
            label={t("periods.list")}
            choices={periods
              .slice(0, offered)
              .map((period) => ({ id: period.until, text: t("periods.until", { date: date(period.until) }) }))}
            chosen={shown.until}
            onChoose={setUntil}
          />
          <PeriodReport period={shown} />
          <LateList late={list.data?.late ?? []} hasMore={list.data?.hasMoreLate ?? false} />
        </>
      )}
    </OfficePage>
  );
}
