import { ClockCircleOutlined, CloseCircleOutlined, FlagFilled, HourglassOutlined, WarningFilled } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ExchangeLine } from "#shared/contracts/sync-state.ts";
import { queries } from "../../app/client.ts";
import { codeWords, entryWords } from "../../app/intl/entry-words.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { spanWords } from "../../app/shell/span-words.ts";
import { Numeral } from "../../ui/numeral.tsx";
import { useNow } from "../../ui/use-now.ts";
import styles from "./sync.module.css";

type ListedState = "waiting" | "flagged" | "parked" | "quarantined" | "refused";
const icons: Readonly<Record<ListedState, ReactNode>> = {
  waiting: <ClockCircleOutlined />,
  flagged: <FlagFilled />,
  parked: <HourglassOutlined />,
  quarantined: <WarningFilled />,
  refused: <CloseCircleOutlined />,
};

type Props = { readonly state: ListedState; readonly count: number; readonly onOpenMember: (memberId: string) => void };

/** The entries in one state with what to do about them; nothing where there are none. */
export function EntryList({ state, count, onOpenMember }: Props) {
  const { t } = useTexts();
  const entries = useQuery(queries.sync.entries.queryOptions({ input: { state }, enabled: count > 0, staleTime: 0 }));
  if (count === 0) return null;
  return (
    <section className={styles.list} aria-labelledby={`sync-${state}`}>
      <h3 id={`sync-${state}`} className={styles.listTitle}>
        <span aria-hidden="true">{icons[state]}</span> {t(`sync.list.${state}`, { count })}
      </h3>
      <p className={styles.detail}>{t(`sync.list.${state}.about`)}</p>
      <ol className={styles.lines}>
        {entries.data?.lines.map((line) => (
          <li key={line.opId} className={styles.line}>
            <Line line={line} onOpenMember={onOpenMember} />
          </li>
        ))}
      </ol>
      {entries.data?.isCut && <p className={styles.detail}>{t("sync.list.cut")}</p>}
    </section>
  );
}

function Line({ line, onOpenMember }: { readonly line: ExchangeLine; readonly onOpenMember: (memberId: string) => void }) {
  const { t, instant } = useTexts();
  const nowMs = useNow(60_000);
  const { memberId, name, points, code, decision } = line;
  const decidedBy = decision?.by ?? t("sync.stranger");
  return (
    <>
      <span className={styles.when}>
        {instant(line.atMs)}
        <span className={styles.detail}>{t("sync.age", { span: spanWords(nowMs - line.atMs, t) })}</span>
      </span>
      <span className={styles.what}>
        <span>
          {t(entryWords(line.type), { type: line.type })}
          {memberId !== null && (
            <button type="button" className={styles.member} onClick={() => onOpenMember(memberId)}>
              {name ?? t("sync.member")}
            </button>
          )}
        </span>
        <span className={styles.detail}>{line.operator ?? t("sync.stranger")}</span>
        {code !== null && (
          <span className={styles.code}>
            {t(codeWords(code))} <span className={styles.detail}>{code}</span>
          </span>
        )}
        {decision && <span className={styles.code}>{t("sync.decision", { ...decision, by: decidedBy, at: instant(decision.atMs) })}</span>}
      </span>
      <span>{points !== null && <Numeral value={points} size="line" isSigned />}</span>
    </>
  );
}
