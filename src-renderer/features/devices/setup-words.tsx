import type { DeviceSetup } from "#shared/domain/devices/device-setup.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { fieldsOf } from "./setup-fields.ts";
import styles from "./devices.module.css";

/** The settings of a device as they are, in words. */
export function SetupWords({ setup }: { readonly setup: DeviceSetup }) {
  const { t } = useTexts();
  return (
    <section aria-labelledby="devices-settings">
      <h4 id="devices-settings" className={styles.part}>
        {t("devices.settings")}
      </h4>
      <dl className={styles.settings}>
        {fieldsOf(setup).map(({ id, label, chosen }) => (
          <div key={id} className={styles.setting}>
            <dt>{t(label)}</dt>
            <dd>{chosen ? t(chosen.label, chosen.values) : t("devices.kept.about")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
