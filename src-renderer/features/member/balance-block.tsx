import type { BalanceView } from "#shared/contracts/members.ts";
import { useTexts, type Texts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import { BalanceRow, type Share } from "./balance-row.tsx";
import type { Figure } from "./figure.ts";
import styles from "./balance-block.module.css";

type Props = { readonly balance: BalanceView; readonly onExplain: (figure: Figure) => void };
type Place = {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly points: number;
  readonly share: Share;
  readonly figure: Figure;
};

/** What the member has, what can be spent here, and where the rest lies and how it comes here; each figure opens its explanation. */
export function BalanceBlock({ balance, onExplain }: Props) {
  const texts = useTexts();
  const { t, instant, date, number } = texts;
  const places = placesOf(balance, texts);
  const lying = places.filter((place) => place.points > 0);
  const { shared, lapsed, nextExpiry } = balance;
  const notes = [
    balance.asOfMs === null ? t("member.asOf.never") : t("member.asOf", { time: instant(balance.asOfMs) }),
    ...(balance.awaitsContact ? [t("member.awaitsContact")] : []),
    ...(balance.notExchanged > 0 ? [t("member.notExchanged", { count: balance.notExchanged })] : []),
  ];

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
      <p className={styles.asOf}>{notes.join(" · ")}</p>

      {lying.length > 0 && (
        <div className={styles.bar} aria-hidden="true">
          {lying.map((place) => (
            <span key={place.id} className={styles[place.share]} style={{ flexGrow: place.points }} />
          ))}
        </div>
      )}
      <dl className={styles.rows} aria-label={t("member.lies")}>
        {places.map(({ id, figure, ...place }) => (
          <BalanceRow key={id} {...place} onExplain={() => onExplain(figure)} />
        ))}
        {balance.debt > 0 && (
          <BalanceRow name={t("member.debt")} note={t("member.debt.note")} points={-balance.debt} onExplain={() => onExplain("places")} />
        )}
        {shared && (
          <BalanceRow
            name={t("member.shared", { name: shared.name })}
            note={t("member.shared.note", { percent: number(shared.sharePercent), points: number(shared.spendableHere) })}
            points={shared.balance}
            onExplain={() => onExplain("shared")}
          />
        )}
        {balance.leftInPools.map(({ pool, branch, points }) => (
          <BalanceRow
            key={`${pool}/${branch}`}
            name={t("member.leftInPools", { pool })}
            note={t("member.leftInPools.note", { branch })}
            points={points}
            onExplain={() => onExplain("leftInPools")}
          />
        ))}
        {balance.proposed > 0 && (
          <BalanceRow
            name={t("member.proposed")}
            note={t("member.proposed.note")}
            points={balance.proposed}
            share="proposed"
            onExplain={() => onExplain("proposed")}
          />
        )}
        {lapsed && (
          <BalanceRow
            name={t("member.lapsed", { date: date(lapsed.lapsedOn) })}
            note={[
              ...(lapsed.isConfirmed ? [] : [t("member.lapsed.waits")]),
              ...(lapsed.givenBack > 0 ? [t("member.lapsed.givenBack", { points: number(lapsed.givenBack) })] : []),
            ].join(" · ")}
            points={lapsed.points}
            onExplain={() => onExplain("lapsed")}
          />
        )}
        {nextExpiry && (
          <BalanceRow
            name={t("member.nextExpiry", { date: date(nextExpiry.expiresOn) })}
            points={nextExpiry.points}
            onExplain={() => onExplain("expiry")}
          />
        )}
      </dl>
    </div>
  );
}

/** Where the balance lies, what can be spent here first; where there is nothing no way is told by which it would come. */
function placesOf(balance: BalanceView, { t, instant, number }: Texts): readonly Place[] {
  const { atHeadOffice, atOtherBranches, calledBack, held, heldElsewhere, setAside, spendableHere, shared } = balance;
  // A branch may have handed back, or spent, all that head office knew of there before it answers the call.
  const branches = new Set([...atOtherBranches, ...calledBack].map(({ branch }) => branch));
  const elsewhere = { share: "elsewhere", figure: "places" } as const;
  return [
    {
      id: "here",
      name: t("member.lies.here"),
      note: "",
      points: spendableHere - (shared?.spendableHere ?? 0),
      share: "here",
      figure: "spendableHere",
    },
    // Of somebody whose balance is not known here it would say that head office has nothing.
    ...(balance.balance === null
      ? []
      : [
          {
            id: "headOffice",
            name: t("member.lies.headOffice"),
            note: atHeadOffice > 0 ? t("member.lies.headOffice.note") : "",
            points: atHeadOffice,
            share: "headOffice",
            figure: "places",
          } as const,
        ]),
    ...[...branches].map((branch): Place => {
      const calls = calledBack.filter((call) => call.branch === branch);
      return {
        ...elsewhere,
        id: branch,
        name: branch,
        note:
          calls.length > 0
            ? calls
                .map(({ points, sinceMs }) => t("member.lies.calledBack", { points: number(points), time: instant(sinceMs) }))
                .join(" · ")
            : t("member.lies.branch.note"),
        points: atOtherBranches.find((place) => place.branch === branch)?.points ?? 0,
      };
    }),
    ...held.map(({ holdId, points, taker, sinceMs }): Place => {
      const note = t("member.lies.held.note", { time: instant(sinceMs) });
      return { id: holdId, name: t("member.lies.held", { taker }), note, points, share: "held", figure: "held" };
    }),
    ...heldElsewhere.map(({ branch, points }): Place => {
      const name = t("member.lies.heldElsewhere", { branch });
      return { ...elsewhere, id: name, name, note: t("member.lies.heldElsewhere.note"), points };
    }),
    ...setAside.map(({ branch, points }): Place => {
      const name = t("member.lies.setAside", { branch });
      return { ...elsewhere, id: name, name, note: t("member.lies.setAside.note"), points };
    }),
  ];
}
