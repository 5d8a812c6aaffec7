import type { DeviceFault } from "#shared/contracts/devices.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { faultWords } from "./device-words.ts";
import styles from "./devices.module.css";

/** What went wrong in this run, the newest first. */
export function Faults({ faults }: { readonly faults: readonly DeviceFault[] }) {
  const { t, instant } = useTexts();
  return (
    <section aria-labelledby="devices-faults">
      <h4 id="devices-faults" className={styles.part}>
        {t("devices.faults")}
      </h4>
      {faults.length === 0 && <p className={styles.lead}>{t("devices.faults.none")}</p>}
      <ol className={styles.lines}>
        {faults.map(({ code, firstMs, lastMs, times }) => (
          <li key={`${code} ${firstMs}`} className={styles.fault}>
            <span>{instant(lastMs)}</span>
            <span>
              {t(faultWords(code))} <span className={styles.code}>{code}</span>
            </span>
            <span className={styles.code}>{t("devices.faults.times", { times })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
