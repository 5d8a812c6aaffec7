import { useQuery } from "@tanstack/react-query";
import type { StockLine, StockMoveView } from "#shared/contracts/stock.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import styles from "./stock.module.css";

/** Who moved what, when and why, newest first. */
export function MoveList({ item }: Pick<StockLine, "item">) {
  const { t } = useTexts();
  const moves = useQuery(queries.stock.moves.queryOptions({ input: { item }, staleTime: 0 }));
  return (
    <section aria-labelledby="stock-moves">
      <h4 id="stock-moves" className={styles.listTitle}>
        {t("stock.moves")}
      </h4>
      {moves.data?.length === 0 && <p className={styles.detail}>{t("stock.moves.none")}</p>}
      <ol className={styles.moves}>
        {moves.data?.map((move) => (
          <li key={move.moveId} className={styles.move}>
            <Move move={move} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Move({ move }: { readonly move: StockMoveView }) {
  const { t, number, instant } = useTexts();
  const { why, pieces, expected, by, secondPerson, otherBranch, cards, atMs } = move;
  const values = { branch: otherBranch, pieces: number(pieces), expected: number(expected ?? pieces) };
  const time = instant(atMs);
  return (
    <>
      <span className={styles.what}>
        <span>{t(`stock.move.${why}`, values)}</span>
        <span className={styles.detail}>
          {secondPerson === null ? t("stock.move.by", { by, time }) : t("stock.move.withSecond", { by, second: secondPerson, time })}
          {cards && ` · ${t("stock.move.cards", { first: cards.firstLast4, last: cards.lastLast4 })}`}
        </span>
      </span>
      {why !== "counted" && <Numeral value={pieces} size="line" isSigned />}
    </>
  );
}
