import { CheckOutlined, ClockCircleOutlined, CloseCircleOutlined, FlagFilled, HourglassOutlined, WarningFilled } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { JournalLine } from "#shared/contracts/points.ts";
import { queries } from "../../app/client.ts";
import { journalDetail } from "../../app/intl/journal-detail.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import styles from "./journal.module.css";

const stateIcons: Readonly<Record<JournalLine["state"], ReactNode>> = {
  waiting: <ClockCircleOutlined />,
  confirmed: <CheckOutlined />,
  flagged: <FlagFilled />,
  parked: <HourglassOutlined />,
  quarantined: <WarningFilled />,
  refused: <CloseCircleOutlined />,
};

/** What this station did today, newest first; a line opens its member. */
export function Journal({ onOpenMember }: { readonly onOpenMember: (memberId: string) => void }) {
  const { t } = useTexts();
  const journal = useQuery(queries.points.journal.queryOptions());
  const lines = journal.data ?? [];
  return (
    <section className={styles.journal} aria-labelledby="journal-title">
      <header className={styles.header}>
        <h2 id="journal-title" className={styles.title}>
          {t("journal.title")}
        </h2>
        <Totals lines={lines} />
      </header>
      {journal.isSuccess && lines.length === 0 && <p className={styles.empty}>{t("journal.empty")}</p>}
      <ol className={styles.lines}>
        {lines.map((line) => (
          <li key={line.opId}>
            <Line line={line} onOpenMember={onOpenMember} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Sums of what stands: an undone act and its undoing are in neither. */
function Totals({ lines }: { readonly lines: readonly JournalLine[] }) {
  const { t } = useTexts();
  const sum = (kind: JournalLine["kind"]): number =>
    lines.filter((line) => line.kind === kind && !line.isVoided).reduce((total, line) => total + (line.points ?? 0), 0);
  const waiting = lines.filter((line) => line.state === "waiting").length;
  return (
    <dl className={styles.totals}>
      <div>
        <dt>{t("journal.earned")}</dt>
        <dd>
          <Numeral value={sum("award")} size="line" isSigned />
        </dd>
      </div>
      <div>
        <dt>{t("journal.redeemed")}</dt>
        <dd>
          <Numeral value={sum("redeem")} size="line" isSigned />
        </dd>
      </div>
      <div>
        <dt>{t("journal.waiting")}</dt>
        <dd>
          <Numeral value={waiting} size="line" />
        </dd>
      </div>
    </dl>
  );
}

function Line({ line, onOpenMember }: { readonly line: JournalLine; readonly onOpenMember: (memberId: string) => void }) {
  const texts = useTexts();
  const { t, time } = texts;
  const { memberId } = line;
  const about = [t(`journal.kind.${line.kind}`), journalDetail(line, texts), line.isVoided ? t("journal.voided") : undefined];
  const who = line.name ?? line.memberNumber ?? "";
  const content = (
    <>
      <span className={styles.when}>{time(line.atMs)}</span>
      <span className={styles.what}>
        <span className={styles.who}>{who}</span>
        <span className={styles.detail}>{about.filter((part) => part !== undefined).join(" · ")}</span>
      </span>
      <span className={line.isVoided ? styles.struck : styles.points}>
        {line.points !== null && <Numeral value={line.points} size="line" isSigned />}
      </span>
      <span className={`${styles.state} ${styles[line.state]}`} title={t(`journal.state.${line.state}`)}>
        {stateIcons[line.state]}
        <span className="spoken-only">{t(`journal.state.${line.state}`)}</span>
      </span>
    </>
  );
  return memberId === null ? (
    <div className={styles.line}>{content}</div>
  ) : (
    <button type="button" className={styles.line} title={t("journal.open", { name: who })} onClick={() => onOpenMember(memberId)}>
      {content}
    </button>
  );
}
