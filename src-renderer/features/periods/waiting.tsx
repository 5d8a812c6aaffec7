import { useQuery } from "@tanstack/react-query";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";

/** Counters that were not heard since the end of that day: what they did may come late. Closing does not wait for them. */
export function Waiting({ until, isWithoutLine }: { readonly until: string; readonly isWithoutLine: boolean }) {
  const { t, instant } = useTexts();
  const stations = useQuery(queries.stations.list.queryOptions({ input: {}, enabled: !isWithoutLine, staleTime: 0 }));
  if (!stations.data) return null;
  const names = new Map(stations.data.branches.map(({ code, name }) => [code, name]));
  const silent = stations.data.stations.filter(
    ({ lastContactMs, state }) => state === "active" && (lastContactMs === null || businessDateOf(lastContactMs) <= until),
  );
  if (silent.length === 0) return <Notice tone="plain" title={t("periods.waits.none")} />;
  return (
    <Notice tone="warn" title={t("periods.waits", { count: silent.length })}>
      {silent
        .map(({ replica, branch, lastContactMs }) =>
          t("periods.waits.one", {
            branch: names.get(branch) ?? branch,
            number: replica,
            heard: lastContactMs === null ? t("periods.waits.never") : instant(lastContactMs),
          }),
        )
        .join(" · ")}
    </Notice>
  );
}
