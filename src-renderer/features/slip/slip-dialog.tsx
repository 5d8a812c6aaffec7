import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { PrintedSlip } from "./printed-slip.tsx";
import styles from "./slip.module.css";

/** The newest act of the day on paper once more: first to be looked at, then Enter prints it by the system's printer. */
export function SlipDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  useCommands("dialog", { back: onClose, print: onClose }, { isModal: true });
  const slip = useQuery(queries.slips.last.queryOptions({ staleTime: 0, gcTime: 0 }));
  const trouble = troubleOf(slip.error);
  return (
    <Dialog title={t("slip.title")} place="middle" onClose={onClose}>
      {trouble && <RefusalNotice trouble={trouble} />}
      {slip.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {slip.data && <PrintedSlip slip={slip.data} />}
      {slip.data === null && <p role="status">{t("slip.none")}</p>}
      <div className={styles.actions}>
        {slip.data && (
          <Button type="primary" size="large" autoFocus onClick={() => window.print()}>
            {t("slip.print")} <KeyCap>Enter</KeyCap>
          </Button>
        )}
        <Button size="large" onClick={onClose}>
          {t("shell.key.back")} <KeyCap>Esc</KeyCap>
        </Button>
      </div>
    </Dialog>
  );
}
