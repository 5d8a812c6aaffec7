import { Button } from "antd";
import { uuidv7 } from "uuidv7";
import type { CardRef } from "#shared/contracts/cards.ts";
import type { EncodingState } from "#shared/contracts/encoding.ts";
import { station } from "../../app/client.ts";
import { useAct } from "../../app/acts/use-act.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import styles from "./encode-row.module.css";

type Props = {
  readonly cards: EncodingState["unfinished"];
  readonly mayDiscard: boolean;
  /** Undefined while another card is being written, or nobody waits for one. */
  readonly onAgain: ((card: EncodingState["unfinished"][number]) => void) | undefined;
};

/** Numbers that may be on a card which is nobody's, and the two ways out: the very same card once more, or none at all. */
export function UnfinishedCards({ cards, mayDiscard, onAgain }: Props) {
  const { t, instant } = useTexts();
  const discard = useAct(station.stock.discardCards, () => {});
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby="encode-row-unfinished">
      <h3 id="encode-row-unfinished" className={styles.title}>
        {t("encodeRow.unfinished")}
      </h3>
      <p className={styles.label}>{t("encodeRow.unfinished.lead")}</p>
      {discard.trouble && <RefusalNotice trouble={discard.trouble} />}
      <ul className={styles.list}>
        {cards.map((card) => (
          <li key={card.last4} className={styles.line}>
            <span className={styles.which}>{t("encodeRow.unfinished.card", { last4: card.last4 })}</span>
            <span>{t(faultWords(card.fault))}</span>
            <span className={styles.label}>{instant(card.atMs)}</span>
            {onAgain && <Button onClick={() => onAgain(card)}>{t("encodeRow.again")}</Button>}
            {mayDiscard && (
              <Button onClick={() => discard.run({ requestId: uuidv7(), first: named(card), last: named(card), why: "damaged" })}>
                {t("encodeRow.damaged")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const named = ({ handle }: EncodingState["unfinished"][number]): CardRef => ({ handle });

function faultWords(fault: string | null): MessageKey {
  switch (fault) {
    case null:
      return "encodeRow.fault.closed";
    case "NO_RESPONSE":
    case "CANCELLED":
      return "encodeRow.fault.undrawn";
    case "UNKNOWN_OUTCOME":
      return "encodeRow.fault.unknown";
    case "VERIFY_MISMATCH":
      return "encodeRow.fault.differs";
    default:
      return "encodeRow.fault.other";
  }
}
