import { ApiOutlined, CheckCircleOutlined, ExclamationCircleFilled, LoadingOutlined, PlusOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { DeviceView, FoundPort } from "#shared/contracts/devices.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Mark, type Tone } from "../../ui/mark.tsx";
import { nameOf, portWords, toneOf } from "./device-words.ts";
import styles from "./devices.module.css";

const icons: Readonly<Record<Tone, ReactNode>> = {
  good: <CheckCircleOutlined />,
  plain: <LoadingOutlined />,
  warn: <ExclamationCircleFilled />,
  danger: <ExclamationCircleFilled />,
};

export function DeviceRow({ device }: { readonly device: DeviceView }) {
  const texts = useTexts();
  const { t } = texts;
  const isHinted = device.state === "ready" && device.hint !== null;
  const tone = toneOf(device);
  return (
    <span className={styles.row}>
      <span className={styles.what}>
        <span className={styles.name}>{nameOf(device, texts)}</span>
        <span className={styles.detail}>
          {t(`devices.family.${device.setup.family}`)} {device.path}
        </span>
      </span>
      <Mark tone={tone} icon={icons[tone]}>
        {t(isHinted ? "devices.state.hinted" : `devices.state.${device.state}`)}
      </Mark>
    </span>
  );
}

export function PortRow({ port }: { readonly port: FoundPort }) {
  const texts = useTexts();
  return (
    <span className={styles.row}>
      <span className={styles.what}>
        <span className={styles.name}>{port.path}</span>
        <span className={styles.detail}>{portWords(port, texts)}</span>
      </span>
      <Mark tone="plain" icon={<ApiOutlined />}>
        {texts.t("devices.ports.free")}
      </Mark>
    </span>
  );
}

export function TypedPortRow() {
  const { t } = useTexts();
  return (
    <span className={styles.row}>
      <span className={styles.what}>
        <span className={styles.name}>
          <PlusOutlined aria-hidden="true" /> {t("devices.port.typed")}
        </span>
        <span className={styles.detail}>{t("devices.port.typed.about")}</span>
      </span>
    </span>
  );
}
