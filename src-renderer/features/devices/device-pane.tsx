import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { DeviceView } from "#shared/contracts/devices.ts";
import { queries, station } from "../../app/client.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { DeviceHelp } from "./device-help.tsx";
import { nameOf } from "./device-words.ts";
import { Faults } from "./faults.tsx";
import { SetupWords } from "./setup-words.tsx";
import { TestRead } from "./test-read.tsx";
import { Trace } from "./trace.tsx";
import styles from "./devices.module.css";

type Props = {
  readonly device: DeviceView;
  /** What was saved is tried out next. */
  readonly isJustSaved: boolean;
  readonly onChange: () => void;
  readonly onRemoved: () => void;
};

/** One device: how it is and what to do about it, a card to try it out with, and what happened on it. */
export function DevicePane({ device, isJustSaved, onChange, onRemoved }: Props) {
  const texts = useTexts();
  const { t, instant } = texts;
  const client = useQueryClient();
  const remove = useAct(station.devices.remove, () => {
    void client.invalidateQueries({ queryKey: queries.devices.key() });
    onRemoved();
  });
  const { deviceId, origin, lastReadMs } = device;
  return (
    <div className={styles.pane}>
      <div>
        <h3 className={styles.subject}>{nameOf(device, texts)}</h3>
        <p className={styles.lead}>{lastReadMs === null ? t("devices.neverRead") : t("devices.lastRead", { time: instant(lastReadMs) })}</p>
        {origin !== "station" && <p className={styles.lead}>{t(`devices.fixed.${origin}`)}</p>}
      </div>
      {remove.trouble && <RefusalNotice trouble={remove.trouble} />}
      <DeviceHelp device={device} />
      <TestRead device={device} isFocusedFirst={isJustSaved} />
      <SetupWords setup={device.setup} />
      {origin === "station" && (
        <div className={styles.actions}>
          <Button onClick={onChange}>{t("devices.change")}</Button>
          <Button loading={remove.isBusy} onClick={() => remove.run({ deviceId })}>
            {t("devices.remove")}
          </Button>
        </div>
      )}
      <Faults faults={device.faults} />
      <Trace deviceId={deviceId} />
    </div>
  );
}
