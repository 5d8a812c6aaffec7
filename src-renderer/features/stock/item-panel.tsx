import { Button } from "antd";
import { useState } from "react";
import type { StockLine } from "#shared/contracts/stock.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { Notice } from "../../ui/notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { CardsForm } from "./cards-form.tsx";
import { CountForm } from "./count-form.tsx";
import { MoveForm } from "./move-form.tsx";
import { MoveList } from "./move-list.tsx";
import styles from "./stock.module.css";
import { TakeInForm } from "./take-in-form.tsx";

export type StockAct = "receive" | "count" | "takeOut" | "send" | "takeIn";

/** What may be done with an item: a parcel is taken in where one is on its way; blank cards are moved by head office alone. */
function actsFor({ item, parcels }: StockLine): readonly StockAct[] {
  if (item.kind === "card") return ["receive", "count", "takeOut"];
  return parcels.length > 0 ? ["takeIn", "receive", "count", "takeOut", "send"] : ["receive", "count", "takeOut", "send"];
}

/** One item: what is here, what to do about it, and who moved it. */
export function ItemPanel({ line, mayManage }: { readonly line: StockLine; readonly mayManage: boolean }) {
  const texts = useTexts();
  const { t, number, name, instant } = texts;
  const { item, lastCount, asOfMs } = line;
  const [act, setAct] = useState<StockAct>();
  const [done, setDone] = useState<{ readonly words: MessageKey; readonly onHand: number }>();
  const choose = (chosen: StockAct): void => {
    setAct(chosen);
    setDone(undefined);
  };
  const onDone = (finished: StockAct) => (after: StockLine) => {
    setAct(undefined);
    setDone({ words: `stock.done.${finished}`, onHand: after.onHand });
  };
  useCommands("form", act === undefined ? {} : { back: () => setAct(undefined) });

  return (
    <section className={styles.panel} aria-label={name(line.name)}>
      <div className={styles.head}>
        <div>
          <h3 className={styles.name}>{name(line.name)}</h3>
          <p className={styles.detail}>
            {lastCount
              ? t("stock.lastCount", {
                  time: instant(lastCount.atMs),
                  by: lastCount.by,
                  counted: number(lastCount.counted),
                  expected: number(lastCount.expected),
                })
              : t("stock.lastCount.never")}
          </p>
        </div>
        <p className={styles.figure}>
          <span className={styles.detail}>{t("stock.onHand")}</span>
          <Numeral value={line.onHand} size="huge" />
          {asOfMs !== null && <span className={styles.detail}>{t("stock.asOf", { time: instant(asOfMs) })}</span>}
        </p>
      </div>
      {line.mustBeCounted && (
        <Notice tone="warn" title={t("stock.mustCount.title")}>
          {t(`stock.mustCount.${item.kind}`)}
        </Notice>
      )}
      {done && <Notice tone="good" title={t(done.words, { onHand: number(done.onHand) })} />}
      {mayManage ? (
        <div className={styles.acts} role="group" aria-label={t("stock.actions")}>
          {actsFor(line).map((each) => (
            <Button key={each} size="large" aria-pressed={act === each} onClick={() => choose(each)}>
              {t(`stock.act.${each}`)}
            </Button>
          ))}
        </div>
      ) : (
        <p className={styles.detail}>{t("stock.readOnly")}</p>
      )}
      {act === "count" && <CountForm line={line} onDone={onDone("count")} />}
      {act === "takeIn" && <TakeInForm line={line} onDone={onDone("takeIn")} />}
      {act === "send" && <MoveForm act="send" line={line} onDone={onDone("send")} />}
      {(act === "receive" || act === "takeOut") &&
        (item.kind === "card" ? (
          <CardsForm key={act} act={act} onDone={onDone(act)} />
        ) : (
          <MoveForm key={act} act={act} line={line} onDone={onDone(act)} />
        ))}
      <MoveList item={item} />
    </section>
  );
}
