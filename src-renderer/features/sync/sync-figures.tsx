import type { ReactNode } from "react";
import type { ExchangeOverview } from "#shared/contracts/sync-state.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { spanWords } from "../../app/shell/span-words.ts";
import { Numeral } from "../../ui/numeral.tsx";
import { useNow } from "../../ui/use-now.ts";
import styles from "./sync.module.css";

type Props = { readonly status: StationStatus; readonly overview: ExchangeOverview };

/** Ages are told in minutes, so a figure need not be drawn more often. */
const ageEveryMs = 15_000;

const received = ({ waiting: _waiting, ...verdicts }: ExchangeOverview["entries"]): number =>
  Object.values(verdicts).reduce((sum, entries) => sum + entries, 0);

/** The figures of the exchange side by side. */
export function SyncFigures({ status: { sync, clock }, overview: { entries, rights, putBack, mended } }: Props) {
  const { t, number, instant } = useTexts();
  const nowMs = useNow(ageEveryMs);
  const oldest = sync.oldestWaitingMs === null ? undefined : spanWords(nowMs - sync.oldestWaitingMs, t);
  const span = spanWords(clock.offByMs, t);
  const clockWords = clock.offByMs === 0 ? "sync.clock.right" : clock.offByMs > 0 ? "shell.clock.ahead" : "shell.clock.behind";
  return (
    <dl className={styles.figures}>
      <Figure label={t("sync.waiting")} value={entries.waiting}>
        {oldest !== undefined && t("sync.oldest", { span: oldest })}
      </Figure>
      <Figure label={t("sync.exchanged")} value={received(entries)} />
      <Figure label={t("sync.flagged")} value={entries.flagged} />
      <Figure label={t("sync.quarantined")} value={entries.quarantined}>
        {entries.parked > 0 && t("sync.parked.count", { count: entries.parked })}
      </Figure>
      <Figure label={t("sync.rights")} value={rights.points}>
        {t("sync.rights.members", { count: number(rights.members) })}
      </Figure>
      {putBack && (
        <Figure label={t("sync.putBack")} value={putBack.cameBack}>
          {putBack.apart > 0 && t("sync.putBack.apart", { count: number(putBack.apart) })}
        </Figure>
      )}
      {mended && (
        <Figure label={t("sync.mended")} value={mended.rows}>
          {t("sync.mended.last", { instant: instant(mended.atMs) })}
        </Figure>
      )}
      <div className={styles.figure}>
        <dt>{t("sync.clock")}</dt>
        <dd>
          <span className={styles.clock}>{Math.abs(clock.offByMs) < 1_000 ? t("sync.clock.right") : t(clockWords, { span })}</span>
          <span className={styles.detail}>{t(clock.isInDoubt ? "sync.clock.doubt" : "sync.clock.trusted")}</span>
        </dd>
      </div>
    </dl>
  );
}

const Figure = ({ label, value, children }: { readonly label: string; readonly value: number; readonly children?: ReactNode }) => (
  <div className={styles.figure}>
    <dt>{label}</dt>
    <dd>
      <Numeral value={value} size="large" />
      <span className={styles.detail}>{children}</span>
    </dd>
  </div>
);
