import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { queries } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import styles from "./recovery-sheet.module.css";

type Props = { readonly recoveryKey: string; readonly onDone: () => void };

/** The key of the data, to be written down or printed and locked away. Enter prints it, Esc goes on. */
export function RecoverySheet({ recoveryKey, onDone }: Props) {
  const { t, date } = useTexts();
  const { data: status } = useQuery(queries.station.status.queryOptions());
  useCommands("form", { back: onDone });
  return (
    <section className={styles.sheet} aria-labelledby="recovery-key-title">
      <h1 id="recovery-key-title" className={styles.title}>
        {t("recoveryKey.sheet")}
      </h1>
      <p>{t("recoveryKey.sheet.body")}</p>
      <p className={styles.key} aria-label={t("recoveryKey.key")} role="group">
        {recoveryKey}
      </p>
      <p>{t("recoveryKey.sheet.headOffice")}</p>
      <p className={styles.warning}>{t("recoveryKey.sheet.secret")}</p>
      <p className={styles.onPaper}>
        {t("recoveryKey.sheet.printed", {
          branch: status?.branch?.name ?? "",
          number: status?.stationNumber ?? "",
          day: status ? date(status.businessDate) : "",
        })}
      </p>
      <div className={styles.actions}>
        <Button type="primary" size="large" autoFocus onClick={() => window.print()}>
          {t("recoveryKey.print")} <KeyCap>Enter</KeyCap>
        </Button>
        <Button size="large" onClick={onDone}>
          {t("recoveryKey.done")} <KeyCap>Esc</KeyCap>
        </Button>
      </div>
    </section>
  );
}
