import { Button } from "antd";
import { uuidv7 } from "uuidv7";
import type { MemberCard } from "#shared/contracts/members.ts";
import { EncodingStep } from "../../app/encoding/encoding-step.tsx";
import { useEncoding } from "../../app/encoding/use-encoding.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import styles from "./form.module.css";

type Props = {
  readonly member: MemberCard;
  readonly isSubCard: boolean;
  /** As typed on the form; undefined where the next number of the box is to be written. */
  readonly number: string | undefined;
  readonly onIssued: (member: MemberCard) => void;
};

/** The card in the clerk's hand is written, read back and then issued; nothing where this counter has no encoder. */
export function EncodeCard({ member, isSubCard, number, onIssued }: Props) {
  const { t, name } = useTexts();
  const encoding = useEncoding({ onIssued });
  const { state, step, trouble } = encoding;
  if (!state?.encoder) return null;

  const card = number === undefined ? state.next && { handle: state.next.handle } : { number };
  const last4 = number === undefined ? (state.next?.last4 ?? "") : number.slice(-4);
  const begin = (): void => {
    if (!card) return;
    // Minted here and not with the form: another card than before is another intent.
    const requestId = uuidv7();
    encoding.begin({ intent: { requestId, memberId: member.memberId, card, ...(isSubCard && { as: "sub" as const }) }, last4 });
  };
  return (
    <section className={styles.group} aria-labelledby="encode-card">
      <h3 id="encode-card" className={styles.legend}>
        {t("encoding.title")}
      </h3>
      {trouble && <RefusalNotice trouble={trouble} />}
      <EncodingStep encoding={encoding} />
      {!step && (
        <>
          <p>{number === undefined ? nextWords() : t("encoding.typed")}</p>
          {state.encoder.state === "ready" ? (
            <div className={styles.pair}>
              {trouble && encoding.again && (
                <Button size="large" autoFocus onClick={encoding.again}>
                  {t("encoding.again")}
                </Button>
              )}
              <Button size="large" disabled={!card} onClick={begin}>
                {t("encoding.submit", { name: member.name })}
              </Button>
            </div>
          ) : (
            <p>{t("encoding.away")}</p>
          )}
        </>
      )}
    </section>
  );

  function nextWords(): string {
    return state?.next ? t("encoding.next", { kind: name(state.next.kindName), last4: state.next.last4 }) : t("encoding.none");
  }
}
