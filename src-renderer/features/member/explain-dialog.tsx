import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { Explanation } from "#shared/contracts/points.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import type { Figure } from "./figure.ts";
import { RestoreForm } from "./restore-form.tsx";
import styles from "./explain-dialog.module.css";

type Props = {
  readonly member: MemberCard;
  readonly figure: Figure;
  /** The person at the counter may give expired points back. */
  readonly mayRestore: boolean;
  readonly onClose: () => void;
};

/** One number taken apart into lines that add up to it. */
export function ExplainDialog({ member, figure, mayRestore, onClose }: Props) {
  const { t, instant } = useTexts();
  useCommands("dialog", { back: onClose }, { isModal: true });
  const explained = useQuery(queries.points.explain.queryOptions({ input: { memberId: member.memberId, figure }, staleTime: 0 }));
  const trouble = troubleOf(explained.error);
  const { lapsed } = member.balance;
  const restorable = figure === "lapsed" && mayRestore && lapsed?.isConfirmed && lapsed.points > 0 ? lapsed : undefined;

  return (
    <Dialog title={t(`member.explain.${figure}`)} place="beside" onClose={onClose}>
      <p className={styles.why}>{t(`member.explain.why.${figure}`)}</p>
      {trouble && <RefusalNotice trouble={trouble} />}
      {explained.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {explained.data && (
        <table className={styles.table}>
          <tbody>
            {explained.data.lines.map((line, position) => (
              <ExplanationLine key={`${line.kind}/${line.opId ?? position}`} line={line} />
            ))}
            {explained.data.lines.length === 0 && (
              <tr>
                <td colSpan={2}>{t("member.explain.empty")}</td>
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                {t("member.explain.total")}
                {explained.data.asOfMs !== null && (
                  <span className={styles.detail}>{t("member.asOf", { time: instant(explained.data.asOfMs) })}</span>
                )}
              </th>
              <td>
                <Numeral value={explained.data.total} size="line" />
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      {restorable && <RestoreForm memberId={member.memberId} lapsedOn={restorable.lapsedOn} points={restorable.points} />}
      <div className={styles.actions}>
        <Button onClick={onClose} autoFocus>
          {t("member.explain.close")}
        </Button>
      </div>
    </Dialog>
  );
}

type Kind = Explanation["lines"][number]["kind"];
const datedKinds: ReadonlySet<Kind> = new Set<Kind>([
  "lotHere",
  "lotLapsed",
  "lotOfPool",
  "lotsOfDay",
  "lapseWaits",
  "lapseExpired",
  "lapseInactive",
  "lapseExchanged",
  "lapseRestored",
]);
const signedKinds: ReadonlySet<Kind> = new Set<Kind>(["notExchangedYet", "debt", "lapseExchanged", "lapseServed", "lapseRestored"]);

/** Their last day is over. */
const goneKinds: ReadonlySet<Kind> = new Set<Kind>(["lapseWaits", "lapseExpired", "lapseInactive"]);

function ExplanationLine({ line }: { readonly line: Explanation["lines"][number] }) {
  const { t, instant, date, name, number } = useTexts();
  const hasDate = datedKinds.has(line.kind);
  const isGone = goneKinds.has(line.kind);
  const lastDay =
    line.expiresOn === null
      ? t("member.explain.noExpiry")
      : t(isGone ? "member.explain.lastDay" : "member.explain.expires", { date: date(line.expiresOn) });
  const branches = goneKinds.has(line.kind) ? line.detail : null;
  const details = [
    line.tier &&
      t("member.explain.byTier", { tier: name(line.tier.name), percent: number(line.tier.percent), points: number(line.tier.byRule) }),
    line.pool && t("member.explain.toPool", { pool: line.pool.name, points: number(line.pool.points) }),
    line.elsewhere === null || line.elsewhere === 0 ? null : t("member.explain.elsewhere", { points: number(line.elsewhere) }),
    line.reason === null ? null : t(`member.restore.reason.${line.reason}`),
    branches === null ? line.detail : t("member.explain.without", { branches }),
    line.atMs === null ? null : instant(line.atMs),
    line.spentOn === null
      ? null
      : t(line.kind === "lapseServed" ? "member.explain.servedOn" : "member.explain.spentOn", { date: date(line.spentOn) }),
    hasDate ? lastDay : null,
  ].filter((part) => part !== null);
  return (
    <tr>
      <th scope="row">
        {t(`member.explain.${line.kind}`)}
        {details.length > 0 && <span className={styles.detail}>{details.join(" · ")}</span>}
      </th>
      <td>
        <Numeral value={line.points} size="line" isSigned={signedKinds.has(line.kind)} />
      </td>
    </tr>
  );
}
