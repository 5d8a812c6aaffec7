import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { JournalLine } from "#shared/contracts/points.ts";
import type { ShiftFigure } from "#shared/domain/shift/figures.ts";
import { queries } from "../../app/client.ts";
import { journalDetail } from "../../app/intl/journal-detail.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import styles from "./shift.module.css";

/** A figure that somebody wants to see behind; `staffId` null for everybody's. */
export type Explained = { readonly figure: ShiftFigure; readonly staffId: string | null; readonly who: string };

type Props = { readonly explained: Explained; readonly onOpenMember: (memberId: string) => void; readonly onClose: () => void };

/** The entries that add up to a figure; one opens its member. */
export function ShiftLines({ explained: { figure, staffId, who }, onOpenMember, onClose }: Props) {
  const { t } = useTexts();
  useCommands("dialog", { back: onClose }, { isModal: true });
  const lines = useQuery(queries.shift.lines.queryOptions({ input: { figure, staffId }, staleTime: 0 }));
  const trouble = troubleOf(lines.error);
  const points = (lines.data ?? []).reduce((sum, line) => sum + (line.points ?? 0), 0);
  return (
    <Dialog
      title={t("shift.explain", { figure: t(`shift.figure.${figure}`), who, count: lines.data?.length ?? 0 })}
      place="beside"
      onClose={onClose}
    >
      {trouble && <RefusalNotice trouble={trouble} />}
      {lines.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      <ol className={styles.lines}>
        {lines.data?.map((line) => (
          <li key={line.opId}>
            <Line line={line} onOpenMember={onOpenMember} />
          </li>
        ))}
      </ol>
      {points !== 0 && (
        <p className={styles.sum}>
          {t("shift.lines.sum")} <Numeral value={points} size="line" isSigned />
        </p>
      )}
      <Button onClick={onClose} autoFocus block>
        {t("shift.lines.close")}
      </Button>
    </Dialog>
  );
}

function Line({ line, onOpenMember }: { readonly line: JournalLine; readonly onOpenMember: (memberId: string) => void }) {
  const texts = useTexts();
  const { t, instant } = texts;
  const about = [t(`journal.kind.${line.kind}`), journalDetail(line, texts), line.operator].filter((part) => part !== undefined);
  const { memberId } = line;
  return (
    <button type="button" className={styles.line} disabled={memberId === null} onClick={() => memberId !== null && onOpenMember(memberId)}>
      <span className={styles.when}>{instant(line.atMs)}</span>
      <span className={styles.lineWhat}>
        <span>{line.name ?? line.memberNumber ?? ""}</span>
        <span className={styles.count}>{about.join(" · ")}</span>
      </span>
      {line.points !== null && <Numeral value={line.points} size="line" isSigned />}
    </button>
  );
}
