import {
  ApiOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloudOutlined,
  CloudSyncOutlined,
  DisconnectOutlined,
  ExclamationCircleFilled,
  ProfileOutlined,
  UserOutlined,
  WarningFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import { UpdateMark } from "../../features/updates/update-mark.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useTexts } from "../intl/use-texts.ts";
import { AppearanceButton } from "./appearance-button.tsx";
import { LanguageButton } from "./language-button.tsx";
import { spanWords } from "./span-words.ts";
import styles from "./shell.module.css";

type Props = { readonly status: StationStatus | undefined; readonly operator: OperatorView | undefined; readonly isSample: boolean };

/** Always in sight: where this is, who works, whether the reader and the line are there, and what time it is. */
export function StatusStrip({ status, operator, isSample }: Props) {
  const { t, instant } = useTexts();
  return (
    <header className={styles.strip} aria-label={t("shell.strip")}>
      <Logo />
      {status?.branch && (
        <span className={styles.place}>
          <strong>{status.branch.name}</strong>
          {status.stationNumber !== null && <span>{t("shell.counterNumber", { number: status.stationNumber })}</span>}
        </span>
      )}
      {isSample && (
        <span className={styles.sample} title={t("shell.sample.about")}>
          {t("shell.sample")}
        </span>
      )}
      <span className={styles.spring} />
      {status && <Readers status={status} />}
      {status && <Line sync={status.sync} />}
      {status?.mirror.state === "behind" && <SecondCopy mirror={status.mirror} />}
      {operator && <UpdateMark />}
      {status && <Clock status={status} />}
      {operator && status && status.shiftSinceMs !== null && (
        <Item icon={<ProfileOutlined />} tone="plain" isSpare>
          {t("shell.shiftSince", { time: instant(status.shiftSinceMs) })}
        </Item>
      )}
      {operator && (
        <Item icon={<UserOutlined />} tone="plain">
          {operator.displayName} <span className={`${styles.faint} ${styles.spare}`}>{t(`shell.role.${operator.role}`)}</span>
        </Item>
      )}
      <AppearanceButton />
      <LanguageButton />
    </header>
  );
}

const Logo = () => (
  <svg className={styles.logo} viewBox="0 0 32 32" role="img" aria-label="Counterfoil">
    <path d="M5 7h9v18H5a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Z" fill="var(--accent)" />
    <path d="M18 7h9a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-9z" fill="var(--share-2)" />
    <path d="M16 5v22" stroke="var(--accent)" strokeWidth="1.6" strokeDasharray="2 2.4" />
  </svg>
);

/** `danger`: what is on the screen may be wrong by it; somebody acts now. */
type Tone = "plain" | "warn" | "danger";
type ItemProps = {
  readonly icon: ReactNode;
  readonly tone: Tone;
  readonly title?: string;
  /** Makes room on a narrow screen when something is wrong: it can be read elsewhere. */
  readonly isSpare?: boolean;
  readonly children: ReactNode;
};

const Item = ({ icon, tone, title, isSpare = false, children }: ItemProps) => (
  <span
    className={[styles.item, tone !== "plain" && styles[tone], isSpare && styles.spare].filter(Boolean).join(" ")}
    title={title}
    role={tone === "plain" ? undefined : "status"}
  >
    <span aria-hidden="true">{icon}</span>
    <span>{children}</span>
  </span>
);

/** All readers in one place: what most needs somebody by its name, or that all is well. */
function Readers({ status: { reader, readers } }: { readonly status: StationStatus }) {
  const { t } = useTexts();
  const isWell = reader.state === "ready" || reader.state === "opening" || reader.state === "none";
  const icon =
    reader.state === "ready" ? (
      <CheckCircleOutlined />
    ) : reader.state === "absent" || reader.state === "none" ? (
      <DisconnectOutlined />
    ) : (
      <ApiOutlined />
    );
  const wordsOf = ({ state, hint }: Pick<StationStatus["reader"], "state" | "hint">): string =>
    hint === null || state !== "ready" ? t(`shell.reader.${state}`) : t(`shell.reader.hint.${hint}`);
  const meant = readers.find(({ state, port, hint }) => state === reader.state && port === reader.port && hint === reader.hint);
  const needsSomebody = !isWell || reader.hint !== null;
  const each = readers.map((one) => [one.name, one.port, wordsOf(one)].filter((word) => word !== null && word !== "").join(" · "));
  return (
    <Item icon={icon} tone={needsSomebody ? "warn" : "plain"} title={each.join("\n")}>
      {readers.length > 1 && !needsSomebody && reader.state === "ready"
        ? t("shell.readers.ready", { count: readers.length })
        : wordsOf(reader)}
      {readers.length > 1 && needsSomebody && meant && <span className={styles.faint}> {meant.name ?? meant.port}</span>}
    </Item>
  );
}

const lineIcons = {
  online: <CloudOutlined />,
  offline: <DisconnectOutlined />,
  exchanging: <CloudSyncOutlined />,
  settingIn: <CloudSyncOutlined />,
} as const;

/** Offline is calm: the same ink as online. Only what somebody must act on stands out. */
function Line({ sync }: { readonly sync: StationStatus["sync"] }) {
  const { t, instant } = useTexts();
  if (sync.refusedBy !== null) {
    return (
      <Item icon={<ExclamationCircleFilled />} tone="warn">
        {t(`shell.sync.refused.${sync.refusedBy}`)}
      </Item>
    );
  }
  const icon = lineIcons[sync.line];
  const last = sync.lastContactMs === null ? t("shell.sync.never") : t("shell.sync.last", { time: instant(sync.lastContactMs) });
  const oldest = sync.oldestWaitingMs === null ? "" : ` · ${t("shell.sync.waitingSince", { time: instant(sync.oldestWaitingMs) })}`;
  return (
    <>
      <Item icon={icon} tone="plain" title={last + oldest}>
        {t(`shell.sync.${sync.line}`)}
        <span className={`${styles.faint} ${styles.spareBesideTwo}`}> {last}</span>
        {sync.waitingOperations > 0 && <span> · {t("shell.sync.waiting", { count: sync.waitingOperations })}</span>}
      </Item>
      {sync.quarantinedOperations > 0 && (
        <Item icon={<WarningFilled />} tone="warn" title={t("shell.sync.quarantined.about")}>
          {t("shell.sync.quarantined", { count: sync.quarantinedOperations })}
        </Item>
      )}
    </>
  );
}

/** The counter goes on, but a disk that fails now takes work with it: somebody should look. */
function SecondCopy({ mirror }: { readonly mirror: StationStatus["mirror"] }) {
  const { t, instant } = useTexts();
  return (
    <Item
      icon={<WarningFilled />}
      tone="warn"
      title={mirror.sinceMs === null ? "" : t("shell.mirror.since", { time: instant(mirror.sinceMs) })}
    >
      {t(`shell.mirror.${mirror.trouble ?? "MIRROR_FAILED"}`)}
    </Item>
  );
}

/** From here on the business day, and with it what has lapsed or is open, may be another one. */
const farOffMs = 60 * 60 * 1000;

function Clock({ status: { clock, businessDate } }: { readonly status: StationStatus }) {
  const { t, time, date } = useTexts();
  const nowMs = useNow(1_000);
  const span = spanWords(clock.offByMs, t);
  return (
    <>
      {clock.isInDoubt && (
        <Item icon={<WarningFilled />} tone={Math.abs(clock.offByMs) < farOffMs ? "warn" : "danger"} title={t("shell.clock.meaning")}>
          {clock.offByMs === 0 ? t("shell.clock.doubt") : t(clock.offByMs > 0 ? "shell.clock.ahead" : "shell.clock.behind", { span })}
        </Item>
      )}
      <Item icon={<ClockCircleOutlined />} tone="plain" title={t("shell.businessDate", { date: date(businessDate) })}>
        <strong>{time(nowMs)}</strong>{" "}
        <span className={`${styles.faint} ${styles.spare}`}>{t("shell.businessDate", { date: date(businessDate) })}</span>
      </Item>
    </>
  );
}
