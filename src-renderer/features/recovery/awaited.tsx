import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { RecoveryState } from "#shared/contracts/acts/recovery.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./recovery.module.css";

type Props = { readonly state: RecoveryState; readonly mayAct: boolean; readonly onDone: () => void };

/** Whether rights are granted, and if not, for whom head office waits. */
export function Awaited({ state: { sinceMs, awaited }, mayAct, onDone }: Props) {
  const { t, instant } = useTexts();
  const [requestId] = useState(uuidv7);
  const goOn = useAct(station.recovery.goOn, onDone);
  if (sinceMs === null) return <Notice tone="good" title={t("recovery.whole")} />;
  const count = awaited.length;
  return (
    <section className={styles.section} aria-label={t("recovery.awaited", { count })}>
      <Notice tone="warn" title={t("recovery.since", { at: instant(sinceMs) })}>
        {t("recovery.since.why")}
      </Notice>
      <h3 className={styles.title}>{t("recovery.awaited", { count })}</h3>
      <ul className={styles.list}>
        {awaited.map(({ replica, branch, lastContactMs }) => (
          <li key={replica}>
            {t("recovery.awaited.station", {
              branch,
              replica,
              at: lastContactMs === null ? t("recovery.awaited.never") : instant(lastContactMs),
            })}
          </li>
        ))}
      </ul>
      {mayAct && (
        <>
          {goOn.trouble && <RefusalNotice trouble={goOn.trouble} />}
          <p className={styles.note}>{t("recovery.goOn.why")}</p>
          <Button danger size="large" loading={goOn.isBusy} onClick={() => goOn.run({ requestId, without: count })}>
            {t("recovery.goOn", { count })}
          </Button>
        </>
      )}
    </section>
  );
}
