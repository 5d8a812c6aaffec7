import type { BalanceView } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import type { Figure } from "./figure.ts";
import styles from "./balance-block.module.css";

type Props = { readonly balance: BalanceView; readonly onExplain: (figure: Figure) => void };
type Place = { readonly name: string; readonly points: number; readonly share: "here" | "headOffice" | "elsewhere" };

/** What the member has, what can be spent here, and where the rest lies; each figure opens its explanation. */
export function BalanceBlock({ balance, onExplain }: Props) {
  const { t, instant, date, number } = useTexts();
  const places: readonly Place[] = [
    { name: t("member.lies.here"), points: balance.spendableHere - (balance.shared?.spendableHere ?? 0), share: "here" },
    { name: t("member.lies.headOffice"), points: balance.atHeadOffice, share: "headOffice" },
    ...balance.atOtherBranches.map(({ branch, points }): Place => ({ name: branch, points, share: "elsewhere" })),
    ...balance.heldElsewhere.map(({ branch, points }): Place => ({
      name: t("member.lies.heldElsewhere", { branch }),
      points,
      share: "elsewhere",
    })),
    ...balance.setAside.map(({ branch, points }): Place => ({ name: t("member.lies.setAside", { branch }), points, share: "elsewhere" })),
  ];
  const asOf = balance.asOfMs === null ? t("member.asOf.never") : t("member.asOf", { time: instant(balance.asOfMs) });
  const lying = places.filter((place) => place.points > 0);

  return (
    <div className={styles.block}>
      <div className={styles.figures}>
        {balance.balance === null ? (
          <div className={styles.figure}>
            <span className={styles.label}>{t("member.balance")}</span>
            <span className={styles.unknown}>{t("member.balance.unknown")}</span>
          </div>
        ) : (
          <button type="button" className={styles.figure} onClick={() => onExplain("balance")}>
            <span className={styles.label}>{t("member.balance")}</span>
            <Numeral value={balance.balance} size="huge" />
            <span className="spoken-only">{t("member.explain.show")}</span>
          </button>
        )}
        <button type="button" className={`${styles.figure} ${styles.here}`} onClick={() => onExplain("spendableHere")}>
          <span className={styles.label}>{t("member.spendable")}</span>
          <Numeral value={balance.spendableHere} size="large" />
          <span className="spoken-only">{t("member.explain.show")}</span>
        </button>
      </div>
      <p className={styles.asOf}>
        {asOf}
        {balance.calledBack.map(
          ({ branch, points, sinceMs }) => ` · ${t("member.lies.calledBack", { branch, points: number(points), time: instant(sinceMs) })}`,
        )}
        {balance.awaitsContact && ` · ${t("member.awaitsContact")}`}
        {balance.notExchanged > 0 && ` · ${t("member.notExchanged", { count: balance.notExchanged })}`}
      </p>

      {lying.length > 0 && (
        <div className={styles.bar} aria-hidden="true">
          {lying.map((place) => (
            <span key={place.name} className={styles[place.share]} style={{ flexGrow: place.points }} />
          ))}
        </div>
      )}
      <dl className={styles.rows} aria-label={t("member.lies")}>
        {places.map((place) => (
          <div key={place.name} className={styles.row}>
            <dt>
              <span className={`${styles.swatch} ${styles[place.share]}`} aria-hidden="true" />
              {place.name}
            </dt>
            <dd>
              <Numeral value={place.points} size="line" />
            </dd>
          </div>
        ))}
        {balance.shared && (
          <div className={styles.row}>
            <dt className={styles.stacked}>
              {t("member.shared", { name: balance.shared.name })}
              <span className={styles.note}>
                {t("member.shared.note", {
                  percent: number(balance.shared.sharePercent),
                  points: number(balance.shared.spendableHere),
                })}
              </span>
            </dt>
            <dd>
              <button type="button" className={styles.linkFigure} onClick={() => onExplain("shared")}>
                <Numeral value={balance.shared.balance} size="line" />
                <span className="spoken-only">{t("member.explain.show")}</span>
              </button>
            </dd>
          </div>
        )}
        {balance.leftInPools.map(({ pool, branch, points }) => (
          <div key={`${pool}/${branch}`} className={styles.row}>
            <dt>{t("member.leftInPools", { pool, branch, points: number(points) })}</dt>
            <dd>
              <Numeral value={points} size="line" />
            </dd>
          </div>
        ))}
        {balance.held.map(({ holdId, points, taker, sinceMs }) => (
          <div key={holdId} className={styles.row}>
            <dt>
              <span className={`${styles.swatch} ${styles.held}`} aria-hidden="true" />
              {t("member.lies.held", { taker, time: instant(sinceMs) })}
            </dt>
            <dd>
              <button type="button" className={styles.linkFigure} onClick={() => onExplain("held")}>
                <Numeral value={points} size="line" />
                <span className="spoken-only">{t("member.explain.show")}</span>
              </button>
            </dd>
          </div>
        ))}
        {balance.proposed > 0 && (
          <div className={styles.row}>
            <dt>
              <span className={`${styles.swatch} ${styles.proposed}`} aria-hidden="true" />
              {t("member.proposed")}
            </dt>
            <dd>
              <button type="button" className={styles.linkFigure} onClick={() => onExplain("proposed")}>
                <Numeral value={balance.proposed} size="line" />
                <span className="spoken-only">{t("member.explain.show")}</span>
              </button>
            </dd>
          </div>
        )}
        {balance.debt > 0 && (
          <div className={`${styles.row} ${styles.debt}`}>
            <dt>{t("member.debt")}</dt>
            <dd>
              <Numeral value={-balance.debt} size="line" isSigned />
            </dd>
          </div>
        )}
        {balance.lapsed && (
          <div className={styles.row}>
            <dt className={styles.stacked}>
              {t("member.lapsed", { date: date(balance.lapsed.lapsedOn) })}
              <span className={styles.note}>
                {[
                  ...(balance.lapsed.isConfirmed ? [] : [t("member.lapsed.waits")]),
                  ...(balance.lapsed.givenBack > 0 ? [t("member.lapsed.givenBack", { points: number(balance.lapsed.givenBack) })] : []),
                ].join(" · ")}
              </span>
            </dt>
            <dd>
              <button type="button" className={styles.linkFigure} onClick={() => onExplain("lapsed")}>
                <Numeral value={balance.lapsed.points} size="line" />
                <span className="spoken-only">{t("member.explain.show")}</span>
              </button>
            </dd>
          </div>
        )}
        {balance.nextExpiry && (
          <div className={styles.row}>
            <dt>{t("member.nextExpiry", { date: date(balance.nextExpiry.expiresOn) })}</dt>
            <dd>
              <Numeral value={balance.nextExpiry.points} size="line" />
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}
