import { Button } from "antd";
import { EncodingStep } from "../../app/encoding/encoding-step.tsx";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { EmptyList } from "../../ui/empty-list.tsx";
import styles from "./encode-row.module.css";
import { UnfinishedCards } from "./unfinished-cards.tsx";
import { useEncodeRow } from "./use-encode-row.ts";

/** A stack of blank cards, written and read back one after another for the members who wait. */
export default function EncodeRowScreen({ operator, onClose }: ScreenProps) {
  const row = useEncodeRow();
  const { t } = useTexts();
  const { encoding } = row;
  return (
    <ScreenPage id="encode-row" title={t("encodeRow.title")} lead={t("encodeRow.lead")} onClose={onClose}>
      {row.isKnown && !encoding.state?.encoder ? (
        <EmptyList>{t("encodeRow.noEncoder")}</EmptyList>
      ) : (
        <div className={styles.columns}>
          <div className={styles.column}>
            <Now row={row} />
          </div>
          <div className={styles.column}>
            <Figures row={row} />
            <UnfinishedCards
              cards={encoding.step ? [] : (encoding.state?.unfinished ?? [])}
              mayDiscard={operator.permissions.includes("stock.manage")}
              onAgain={encoding.step || !row.next ? undefined : row.begin}
            />
          </div>
        </div>
      )}
    </ScreenPage>
  );
}

type Row = ReturnType<typeof useEncodeRow>;

/** Who is next, and what the hand has to do. */
function Now({ row }: { readonly row: Row }) {
  const { t, name, instant } = useTexts();
  const { encoding, next } = row;
  const { state, step, trouble } = encoding;
  if (!row.isKnown) return null;
  if (!next) return <EmptyList>{t("encodeRow.nobody")}</EmptyList>;
  const isReady = state?.encoder?.state === "ready";
  return (
    <section className={styles.next} aria-label={t("encodeRow.next")}>
      <p className={styles.label}>
        {t("encodeRow.next")} · {t("encodeRow.waiting", { count: row.total })}
      </p>
      <p className={styles.name}>{next.name}</p>
      <p className={styles.label}>{t("issueRow.joined", { number: next.memberNumber, time: instant(next.joinedAtMs) })}</p>
      {trouble && <RefusalNotice trouble={trouble} />}
      <EncodingStep encoding={encoding} />
      {!step && !isReady && <p>{t("encoding.away")}</p>}
      {!step && isReady && (
        <>
          <p>{state?.next ? t("encoding.next", { kind: name(state.next.kindName), last4: state.next.last4 }) : t("encoding.none")}</p>
          <div className={styles.actions}>
            {trouble && encoding.again && (
              <Button type="primary" size="large" autoFocus onClick={encoding.again}>
                {t("encoding.again")}
              </Button>
            )}
            <Button
              key={trouble ? "other" : "begin"}
              type={trouble ? "default" : "primary"}
              size="large"
              autoFocus={!trouble}
              disabled={!state?.next}
              onClick={() => row.begin()}
            >
              {t(trouble ? "encodeRow.other" : "encodeRow.begin")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** How many cards went out, how many went wrong, and how many are left. */
function Figures({ row: { issued, faults, encoding } }: { readonly row: Row }) {
  const { t } = useTexts();
  const [newest] = issued;
  const left = encoding.state?.left ?? 0;
  return (
    <section aria-labelledby="encode-row-figures">
      <h3 id="encode-row-figures" className={styles.title}>
        {t("encodeRow.figures")}
      </h3>
      <dl className={styles.figures}>
        <div>
          <dt>{t("encodeRow.issued")}</dt>
          <dd>{t("encodeRow.cards", { count: issued.length })}</dd>
        </div>
        <div>
          <dt>{t("encodeRow.faults")}</dt>
          <dd>{t("encodeRow.times", { count: faults })}</dd>
        </div>
        <div>
          <dt>{t("encodeRow.left")}</dt>
          <dd>
            {t("encodeRow.cards", { count: left })}
            {encoding.state?.isLow && <span className={styles.low}>{t("encodeRow.low")}</span>}
          </dd>
        </div>
      </dl>
      <p role="status" className="spoken-only">
        {newest && t("encodeRow.done", { name: newest.name, last4: newest.card?.last4 ?? "" })}
      </p>
      <ol className={styles.list}>
        {issued.map(({ memberId, name, card }) => (
          <li key={memberId} className={styles.line}>
            {t("encodeRow.line", { last4: card?.last4 ?? "", name })}
          </li>
        ))}
      </ol>
    </section>
  );
}
