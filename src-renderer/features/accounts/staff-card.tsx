import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { AccountView } from "#shared/contracts/acts/accounts.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { useSwipes } from "../../app/station/use-swipes.ts";
import type { News } from "./account-news.tsx";
import styles from "./accounts.module.css";

type Props = { readonly account: AccountView; readonly onNews: (news: News) => void };
type Swiped = { readonly handle: string; readonly last4: string };

/** The card that a person signs in with: a card that is nobody's, swiped while their account is open. */
export function StaffCard({ account, onNews }: Props) {
  const { t } = useTexts();
  const { staffId, displayName: name, cardLast4, pin } = account;
  const [swiped, setSwiped] = useState<Swiped>();
  // One id for each thing that can be done here, until it is done.
  const [requestIds, setRequestIds] = useState(freshIds);
  const done = (kind: "cardGiven" | "cardTaken" | "pinCleared", requestId: string): void => {
    setSwiped(undefined);
    setRequestIds(freshIds());
    onNews({ kind, requestId, staffId, name });
  };
  const set = useAct(station.accounts.setCard, (_, { card, requestId }) => done(card ? "cardGiven" : "cardTaken", requestId));
  const clear = useAct(station.accounts.clearPin, (_, { requestId }) => done("pinCleared", requestId));
  useSwipes((swipe) => {
    if (swipe.type !== "cardRefused" || swipe.code !== "CARD_UNKNOWN_HERE" || swipe.cardHandle === null) return false;
    setSwiped({ handle: swipe.cardHandle, last4: swipe.last4 ?? "" });
    setRequestIds(freshIds());
    set.forget();
    return true;
  });
  const trouble = set.trouble ?? clear.trouble;

  return (
    <section className={styles.form} aria-label={t("accounts.card")}>
      <h4 className={styles.title}>{t("accounts.card")}</h4>
      {trouble && <RefusalNotice trouble={trouble} />}
      <p className={styles.hint}>{t("accounts.card.lead")}</p>
      <p>
        {cardLast4 === null ? t("accounts.card.none") : t("accounts.card.last4", { last4: cardLast4 })} · {t(`accounts.pin.${pin}`)}
      </p>
      <div className={styles.actions}>
        {swiped && (
          <Button
            size="large"
            type="primary"
            autoFocus
            loading={set.isBusy}
            onClick={() => set.run({ requestId: requestIds.give, staffId, card: { handle: swiped.handle } })}
          >
            {t("accounts.card.give", { name, last4: swiped.last4 })}
          </Button>
        )}
        {cardLast4 !== null && (
          <Button size="large" loading={set.isBusy} onClick={() => set.run({ requestId: requestIds.take, staffId, card: null })}>
            {t("accounts.card.take")}
          </Button>
        )}
        {pin !== "none" && (
          <Button size="large" loading={clear.isBusy} onClick={() => clear.run({ requestId: requestIds.clear, staffId })}>
            {t("accounts.pin.clear")}
          </Button>
        )}
      </div>
    </section>
  );
}

const freshIds = () => ({ give: uuidv7(), take: uuidv7(), clear: uuidv7() });
