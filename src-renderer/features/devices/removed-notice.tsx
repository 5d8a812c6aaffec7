import { Button } from "antd";
import type { DeviceView } from "#shared/contracts/devices.ts";
import { station } from "../../app/client.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { nameOf } from "./device-words.ts";

type Props = { readonly device: DeviceView; readonly onPutBack: (device: DeviceView) => void };

/** Taking a device away asks nothing: it is put back as it was by one press. */
export function RemovedNotice({ device, onPutBack }: Props) {
  const texts = useTexts();
  const { t } = texts;
  const { deviceId, path, setup } = device;
  const name = nameOf(device, texts);
  const putBack = useAct(station.devices.add, onPutBack);
  return (
    <>
      {putBack.trouble && <RefusalNotice trouble={putBack.trouble} />}
      <Notice
        tone="plain"
        title={t("devices.removed", { name })}
        actions={
          <Button autoFocus loading={putBack.isBusy} onClick={() => putBack.run({ deviceId, name, path, setup })}>
            {t("devices.putBack")}
          </Button>
        }
      />
    </>
  );
}
