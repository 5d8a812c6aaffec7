import type { StationStatus } from "#shared/contracts/station.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";

/** Fewer are read before anybody has read the sentence. */
const rowsWorthSaying = 100;

/** How the line is, in words of its own for each state; only a refusal of head office asks somebody to act. */
export function LineNotice({ sync }: { readonly sync: StationStatus["sync"] }) {
  const { t, instant } = useTexts();
  const { line, refusedBy, lastContactMs, waitingOperations: count, rowsToCome } = sync;
  if (refusedBy !== null) {
    return (
      <Notice tone="warn" title={t(`shell.sync.refused.${refusedBy}`)}>
        {t(`sync.refused.${refusedBy}`)} {t("sync.refused.goesOn")}
      </Notice>
    );
  }
  if (lastContactMs === null) {
    return (
      <Notice tone="plain" title={t("sync.never.title")}>
        {t("sync.never.body")}
      </Notice>
    );
  }
  const last = t("shell.sync.last", { time: instant(lastContactMs) });
  if (line === "offline") {
    return (
      <Notice tone="plain" title={t("sync.offline.title")}>
        {t("sync.offline.body", { count })} {last}
      </Notice>
    );
  }
  // A few are on their way at any moment.
  const isReading = rowsToCome >= rowsWorthSaying;
  if (count > 0 || isReading) {
    return (
      <Notice tone="plain" title={count > 0 ? t("sync.catchingUp.title", { count }) : t("sync.catchingUp.reading")}>
        {isReading && t("sync.catchingUp.rows", { count: rowsToCome })} {t("sync.catchingUp.body")} {last}
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={t("sync.even.title")}>
      {last}
    </Notice>
  );
}
