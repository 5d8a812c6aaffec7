import { CreditCardOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import type { KeptPurchaseView } from "#shared/contracts/points.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import styles from "./sync.module.css";

const shownMax = 20;

/** Purchases kept for cards that nobody knew here: those that wait, and what became of the latest others. */
export function KeptList({ onOpenMember }: { readonly onOpenMember: (memberId: string) => void }) {
  const { t } = useTexts();
  const kept = useQuery(queries.points.keptPurchases.queryOptions({ staleTime: 0 }));
  const all = kept.data?.purchases ?? [];
  if (all.length === 0) return null;
  const open = all.filter(({ state }) => state === "open");
  const settled = all.filter(({ state }) => state !== "open").slice(0, shownMax);
  return (
    <section className={styles.list} aria-labelledby="sync-kept">
      <h3 id="sync-kept" className={styles.listTitle}>
        <CreditCardOutlined aria-hidden="true" /> {t("sync.kept", { count: open.length })}
      </h3>
      <p className={styles.detail}>{t("sync.kept.about")}</p>
      <ol className={styles.lines}>
        {[...open, ...settled].map((purchase) => (
          <li key={purchase.purchaseId} className={styles.line}>
            <Line purchase={purchase} onOpenMember={onOpenMember} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Line({ purchase, onOpenMember }: { readonly purchase: KeptPurchaseView; readonly onOpenMember: (memberId: string) => void }) {
  const { t, instant, money } = useTexts();
  const { last4, receiptNumber, amountFen, keptAtMs, keptBy, counter, state, memberId, points, code, reason, needsAttention } = purchase;
  return (
    <>
      <span className={styles.when}>{instant(keptAtMs)}</span>
      <span className={styles.what}>
        <span>
          {t("sync.kept.of", { last4, receipt: receiptNumber, amount: money(amountFen) })}
          {memberId !== null && (
            <button type="button" className={styles.member} onClick={() => onOpenMember(memberId)}>
              {t("sync.member")}
            </button>
          )}
        </span>
        <span className={styles.detail}>{counter === null ? keptBy : t("sync.kept.at", { counter, operator: keptBy })}</span>
        <span className={styles.code}>
          {code === "PUT_AWAY"
            ? t("sync.kept.putAway", { reason: reason ?? "" })
            : t(needsAttention ? "sync.kept.attention" : `sync.kept.${state}`)}
        </span>
      </span>
      <span>{points !== null && state !== "closed" && <Numeral value={points} size="line" isSigned />}</span>
    </>
  );
}
