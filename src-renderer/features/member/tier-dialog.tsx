import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { TierExplanation } from "#shared/contracts/tiers.ts";
import { queries } from "../../app/client.ts";
import { useTexts, type Texts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Dialog } from "../../ui/dialog.tsx";
import explained from "./explain-dialog.module.css";
import styles from "./tier.module.css";

type Props = { readonly member: MemberCard; readonly onClose: () => void };

/** Why the member has this tier: what was counted, what it takes, and how it came about. */
export function TierDialog({ member, onClose }: Props) {
  const { t } = useTexts();
  useCommands("dialog", { back: onClose }, { isModal: true });
  const asked = useQuery(queries.tiers.explain.queryOptions({ input: { memberId: member.memberId }, staleTime: 0 }));
  const trouble = troubleOf(asked.error);
  return (
    <Dialog title={t("tier.explain")} place="beside" onClose={onClose}>
      {trouble && <RefusalNotice trouble={trouble} />}
      {asked.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {asked.data === null && <p>{t("tier.unknown")}</p>}
      {asked.data && <Explained tier={asked.data} />}
      <div className={explained.actions}>
        <Button onClick={onClose} autoFocus>
          {t("member.explain.close")}
        </Button>
      </div>
    </Dialog>
  );
}

type Measure = TierExplanation["measure"];
const amountIn = (measure: Measure, amount: number, { t, money, number }: Texts): string =>
  measure === "points" ? t("tier.points", { points: number(amount) }) : money(amount);

function Explained({ tier }: { readonly tier: TierExplanation }) {
  const texts = useTexts();
  const { t, name, date } = texts;
  const { measure, purchases, earlier, history } = tier;
  const amount = (counted: number): string => amountIn(measure, counted, texts);
  return (
    <div className={styles.explained} role="region" aria-label={t("tier.explain")} tabIndex={0}>
      <p className={explained.why}>
        {t(`tier.counted.${measure}`, { from: date(tier.from), until: date(tier.until) })}
        {tier.tier && tier.reachedFrom !== null && tier.keptFrom !== null && (
          <> {t("tier.takes", { tier: name(tier.tier), from: amount(tier.reachedFrom), keep: amount(tier.keptFrom) })}</>
        )}
        {tier.factorPercent !== null && <> {t("tier.earns", { percent: texts.number(tier.factorPercent) })}</>}
        {tier.next && <> {t("tier.next", { tier: name(tier.next.name), from: amount(tier.next.from) })}</>}
      </p>
      <table className={explained.table}>
        <tbody>
          {purchases.map((purchase) => (
            <tr key={purchase.lotId}>
              <th scope="row">
                {purchase.receiptNumber}
                <span className={explained.detail}>{date(purchase.on)}</span>
              </th>
              <td>{amount(purchase.counted)}</td>
            </tr>
          ))}
          {earlier.purchases > 0 && (
            <tr>
              <th scope="row">{t("tier.earlier", { count: earlier.purchases })}</th>
              <td>{amount(earlier.counted)}</td>
            </tr>
          )}
          {purchases.length === 0 && (
            <tr>
              <td colSpan={2}>{t("tier.nothingCounted")}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("member.explain.total")}</th>
            <td>{amount(tier.measured)}</td>
          </tr>
        </tfoot>
      </table>
      <h3 className={styles.heading}>{t("tier.history")}</h3>
      <ul className={styles.history}>
        {history.map((judged) => (
          <li key={`${judged.until}/${judged.evaluatedOn}/${judged.tier?.["zh-CN"] ?? ""}`} className={styles.judged}>
            <Judged judged={judged} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Judged({ judged }: { readonly judged: TierExplanation["history"][number] }) {
  const texts = useTexts();
  const { t, name, date } = texts;
  const tierName = (tier: typeof judged.tier): string => (tier ? name(tier) : t("tier.none"));
  const details = [
    t("tier.until", { date: date(judged.until), amount: amountIn(judged.measure, judged.measured, texts) }),
    t(judged.isRecomputed ? "tier.recomputedOn" : "tier.evaluatedOn", { date: date(judged.evaluatedOn) }),
    ...(judged.without.length > 0 ? [t("member.explain.without", { branches: judged.without.join(" · ") })] : []),
  ];
  return (
    <>
      {t(`tier.outcome.${judged.outcome}`, { before: tierName(judged.before), tier: tierName(judged.tier) })}
      <span className={explained.detail}>{details.join(" · ")}</span>
    </>
  );
}
