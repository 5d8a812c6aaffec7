import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./devices.module.css";

/** As many as one looks through while swiping; the station keeps more. */
const linesShown = 40;

/** What came over the line of a device, for whoever knows the manual. The station has masked it. */
export function Trace({ deviceId }: { readonly deviceId: string }) {
  const { t, time } = useTexts();
  const [isShown, setIsShown] = useState(false);
  const trace = useQuery(queries.devices.trace.queryOptions({ input: { deviceId }, enabled: isShown, staleTime: 0 }));
  const lines = trace.data?.slice(-linesShown) ?? [];
  return (
    <section aria-label={t("devices.trace")} className={styles.traceBox}>
      <Button aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
        {t(isShown ? "devices.trace.hide" : "devices.trace.show")}
      </Button>
      {isShown && <p className={styles.lead}>{t("devices.trace.about")}</p>}
      {isShown && trace.data?.length === 0 && <p className={styles.lead}>{t("devices.trace.none")}</p>}
      {isShown && lines.length > 0 && (
        <pre className={styles.trace} tabIndex={0} aria-label={t("devices.trace")}>
          {lines.map(({ atMs, direction, text }) => `${time(atMs)} ${t(`devices.trace.${direction}`)}  ${text}`).join("\n")}
        </pre>
      )}
    </section>
  );
}
