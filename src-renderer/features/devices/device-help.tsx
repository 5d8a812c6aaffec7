import type { DeviceView } from "#shared/contracts/devices.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";

/** What is wrong with a device and what to do, in plain sentences; nothing while all is well. */
export function DeviceHelp({ device: { state, hint, path, sinceMs } }: { readonly device: DeviceView }) {
  const { t, instant } = useTexts();
  if (state === "ready") {
    if (hint === null) return null;
    return (
      <Notice tone="warn" title={t(`devices.hint.${hint}.title`)}>
        {t(`devices.hint.${hint}.body`)}
      </Notice>
    );
  }
  if (state === "opening") return null;
  return (
    <Notice tone="warn" title={t(`devices.help.${state}.title`, { port: path })}>
      {t(`devices.help.${state}.body`)} {t("devices.since", { time: instant(sinceMs) })}
    </Notice>
  );
}
