import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RecoverySheet } from "../../app/recovery-key/recovery-sheet.tsx";
import { useKeyCopy } from "../../app/recovery-key/use-key-copy.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { Notice } from "../../ui/notice.tsx";
import styles from "./recovery-key.module.css";

/** Where the key of the data is kept, and the key itself for whoever has to print it once more. It is shown until the sheet is closed. */
export default function RecoveryKeyScreen({ onClose }: ScreenProps) {
  const { t } = useTexts();
  const isKept = useKeyCopy();
  const show = useMutation({ mutationFn: () => station.upkeep.recoveryKey({}), gcTime: 0 });
  const trouble = troubleOf(show.error);
  if (show.data)
    return (
      <div className={styles.room}>
        <RecoverySheet recoveryKey={show.data.recoveryKey} onDone={show.reset} />
      </div>
    );
  return (
    <ScreenPage id="recovery-key-screen" title={t("recoveryKey.title")} lead={t("recoveryKey.lead")} trouble={trouble} onClose={onClose}>
      {isKept === true && <Notice tone="good" title={t("recoveryKey.kept")} />}
      {isKept === false && (
        <Notice tone="plain" title={t("recoveryKey.missing")}>
          {t("recoveryKey.missing.body")}
        </Notice>
      )}
      <div>
        <Button type="primary" size="large" autoFocus loading={show.isPending} onClick={() => show.mutate()}>
          {t("recoveryKey.show")}
        </Button>
      </div>
    </ScreenPage>
  );
}
