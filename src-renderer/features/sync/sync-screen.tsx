import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { runCommand } from "../../app/keys/use-commands.ts";
import { useKeyCopy } from "../../app/recovery-key/use-key-copy.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { Notice } from "../../ui/notice.tsx";
import { EditList } from "./edit-list.tsx";
import { EntryList } from "./entry-list.tsx";
import { KeptList } from "./kept-list.tsx";
import { LineNotice } from "./line-notice.tsx";
import { SyncFigures } from "./sync-figures.tsx";
import styles from "./sync.module.css";

/** How this counter and head office stand: what waits, what head office holds back and what to do about it. */
export default function SyncScreen({ operator, status, onOpenMember, onClose }: ScreenProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const overview = useQuery(queries.sync.overview.queryOptions({ staleTime: 0 }));
  useStationEvents((event) => {
    if (event.type === "status" || event.type === "journalChanged") {
      void client.invalidateQueries({ queryKey: queries.sync.key() });
      void client.invalidateQueries({ queryKey: queries.members.edits.key() });
      void client.invalidateQueries({ queryKey: queries.points.keptPurchases.key() });
    }
  });

  const isKeyKept = useKeyCopy();
  const trouble = troubleOf(overview.error);

  return (
    <ScreenPage
      id="sync"
      title={t("sync.title")}
      lead={t("sync.lead")}
      actions={
        <Button type="primary" onClick={() => runCommand("exchange")} autoFocus>
          {t("sync.exchangeNow")} <KeyCap>F5</KeyCap>
        </Button>
      }
      trouble={trouble}
      onClose={onClose}
    >
      {status && <LineNotice sync={status.sync} />}
      {overview.data?.putBack?.isComplete === false && (
        <Notice tone="plain" title={t("sync.putBack.title")}>
          {t("sync.putBack.body")}
        </Notice>
      )}
      {isKeyKept === false && (
        <Notice tone="plain" title={t("recoveryKey.missing")}>
          {t("recoveryKey.missing.body")}
        </Notice>
      )}
      {status && overview.data && <SyncFigures status={status} overview={overview.data} />}
      {overview.data && (
        <div className={styles.lists}>
          {operator.permissions.includes("member.change") && (
            <EditList onOpenMember={onOpenMember} onSent={() => void client.invalidateQueries({ queryKey: queries.sync.key() })} />
          )}
          <KeptList onOpenMember={onOpenMember} />
          <EntryList state="quarantined" count={overview.data.entries.quarantined} onOpenMember={onOpenMember} />
          <EntryList state="refused" count={overview.data.entries.refused} onOpenMember={onOpenMember} />
          <EntryList state="parked" count={overview.data.entries.parked} onOpenMember={onOpenMember} />
          <EntryList state="flagged" count={overview.data.entries.flagged} onOpenMember={onOpenMember} />
          <EntryList state="waiting" count={overview.data.entries.waiting} onOpenMember={onOpenMember} />
        </div>
      )}
      {operator.role === "administrator" && overview.data?.headOffice && (
        <p className={styles.lead}>{t("sync.address", { address: overview.data.headOffice })}</p>
      )}
    </ScreenPage>
  );
}
