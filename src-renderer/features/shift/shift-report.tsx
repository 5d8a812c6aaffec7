import type { ShiftView } from "#shared/contracts/shift.ts";
import { shiftFigures, type Figure, type ShiftFigure } from "#shared/domain/shift/figures.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import type { Explained } from "./shift-lines.tsx";
import styles from "./shift.module.css";

type Props = {
  readonly shift: ShiftView;
  /** Takes a figure apart; undefined once the shift is closed, when its entries stand in the log. */
  readonly onExplain: ((explained: Explained) => void) | undefined;
};

/** Figures of which points are no part. */
const withoutPoints: ReadonlySet<ShiftFigure> = new Set(["membersJoined", "cardsIssued", "cardsBlocked"]);

/** The page of a shift, on the screen and on paper. */
export function ShiftReport({ shift, onExplain }: Props) {
  const { t, name } = useTexts();
  const everybody = t("shift.total");
  return (
    <div className={styles.report}>
      <table className={styles.table} aria-label={t("shift.table")}>
        <thead>
          <tr>
            <th scope="col">{t("shift.what")}</th>
            {shift.people.map((person) => (
              <th key={person.staffId} scope="col">
                {person.name}
              </th>
            ))}
            <th scope="col">{everybody}</th>
          </tr>
        </thead>
        <tbody>
          {shiftFigures.map((figure) => {
            const explain = onExplain && ((staffId: string | null, who: string) => onExplain({ figure, staffId, who }));
            return (
              <tr key={figure}>
                <th scope="row">{t(`shift.figure.${figure}`)}</th>
                {shift.people.map(({ staffId, name: who, figures }) => (
                  <FigureCell
                    key={staffId}
                    figure={figure}
                    value={figures[figure]}
                    who={who}
                    onExplain={explain && (() => explain(staffId, who))}
                  />
                ))}
                <FigureCell
                  figure={figure}
                  value={shift.total[figure]}
                  who={everybody}
                  onExplain={explain && (() => explain(null, everybody))}
                />
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.lead}>{t("shift.undone.note")}</p>
      <h3 className={styles.part}>{t("shift.gifts")}</h3>
      {shift.gifts.length === 0 && <p className={styles.lead}>{t("shift.gifts.none")}</p>}
      <ul className={styles.gifts}>
        {shift.gifts.map((gift) => (
          <li key={`${gift.planId} ${gift.pieces}`}>
            <span>{gift.name ? name(gift.name) : gift.planId}</span>
            <span>{t("shift.pieces", { count: gift.pieces })}</span>
          </li>
        ))}
      </ul>
      <Unsent unsent={shift.unsent} />
    </div>
  );
}

type CellProps = {
  readonly figure: ShiftFigure;
  readonly value: Figure;
  readonly who: string;
  readonly onExplain: (() => void) | undefined;
};

function FigureCell({ figure, value: { count, points }, who, onExplain }: CellProps) {
  const { t } = useTexts();
  if (count === 0) return <td className={styles.nothing}>–</td>;
  const isOfPoints = !withoutPoints.has(figure);
  const words = (
    <>
      <span className="spoken-only">{t("shift.of", { figure: t(`shift.figure.${figure}`), who })} </span>
      <Numeral value={isOfPoints ? points : count} size="line" isSigned={isOfPoints} />
      {isOfPoints && <span className={styles.count}>{t("shift.entries", { count })}</span>}
    </>
  );
  return (
    <td>
      {onExplain ? (
        <button type="button" className={styles.figure} onClick={onExplain}>
          {words}
        </button>
      ) : (
        <span className={styles.figure}>{words}</span>
      )}
    </td>
  );
}

/** What head office has not heard is a fact, no fault and no obstacle. */
function Unsent({ unsent: { waiting, oldestMs, quarantined } }: { readonly unsent: ShiftView["unsent"] }) {
  const { t, instant } = useTexts();
  const parts = [
    waiting > 0 ? t("shift.unsent.waiting", { count: waiting }) : undefined,
    waiting > 0 && oldestMs !== null ? t("shift.unsent.since", { time: instant(oldestMs) }) : undefined,
    quarantined > 0 ? t("shift.unsent.quarantined", { count: quarantined }) : undefined,
  ].filter((part) => part !== undefined);
  return (
    <>
      <h3 className={styles.part}>{t("shift.unsent")}</h3>
      {parts.length === 0 ? (
        <p className={styles.lead}>{t("shift.unsent.none")}</p>
      ) : (
        <Notice tone="warn" title={parts.join(" · ")}>
          {t("shift.unsent.close")}
        </Notice>
      )}
    </>
  );
}
