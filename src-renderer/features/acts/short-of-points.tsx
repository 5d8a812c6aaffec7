import { Button } from "antd";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { MemberCard } from "#shared/contracts/members.ts";
import { station, type RefusalOf } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Numeral } from "../../ui/numeral.tsx";
import { useAct } from "../../app/acts/use-act.ts";
import styles from "./form.module.css";

type Props = {
  readonly member: MemberCard;
  readonly trouble: RefusalOf<"INSUFFICIENT_POINTS">;
  readonly costEach: number;
  readonly onFewer: (quantity: number) => void;
  readonly onFetched: () => void;
};

/** A redemption that this station may not pay: what is here, where the rest lies, and the ways that are open. */
export function ShortOfPoints({ member, trouble, costEach, onFewer, onFetched }: Props) {
  const { t, number } = useTexts();
  const { costPoints, spendableHere, balance, atHeadOffice, lineIsUp } = trouble.data;
  const missing = costPoints - spendableHere;
  const quantityThatFits = Math.floor(spendableHere / costEach);
  // One intent for as long as this refusal stands: pressing again fetches once.
  const [requestId] = useState(uuidv7);
  const draw = useAct(station.points.draw, ({ granted }) => {
    if (granted >= missing) onFetched();
  });
  const canFetch = lineIsUp && atHeadOffice >= missing;
  const canRecall = lineIsUp && !canFetch && balance !== null && balance >= costPoints;
  const recalled = draw.mutation.data?.recalled ?? 0;

  return (
    <>
      <RefusalNotice
        trouble={trouble}
        actions={
          <>
            {quantityThatFits > 0 && (
              <Button onClick={() => onFewer(quantityThatFits)}>
                {t("redeem.short.fewer", { count: number(quantityThatFits), points: number(quantityThatFits * costEach) })}
              </Button>
            )}
            {canFetch && (
              <Button loading={draw.isBusy} onClick={() => draw.run({ requestId, memberId: member.memberId, points: missing })}>
                {t("redeem.short.draw", { points: number(missing) })}
              </Button>
            )}
            {canRecall && recalled === 0 && (
              <Button
                loading={draw.isBusy}
                onClick={() => draw.run({ requestId, memberId: member.memberId, points: missing, mayRecall: true })}
              >
                {t("redeem.short.recall", { points: number(missing) })}
              </Button>
            )}
          </>
        }
      >
        <dl className={styles.facts}>
          <Fact name={t("redeem.short.needed")} points={costPoints} />
          <Fact name={t("redeem.short.here")} points={spendableHere} />
          <Fact name={t("redeem.short.headOffice")} points={atHeadOffice} />
          {balance !== null && <Fact name={t("redeem.short.balance")} points={balance} />}
        </dl>
        {canRecall && recalled === 0 && <p>{t("redeem.short.recall.about")}</p>}
        {recalled > 0 && <p>{t("redeem.recalled", { points: number(recalled) })}</p>}
        {!canFetch && !canRecall && atHeadOffice > 0 && <p>{t(lineIsUp ? "redeem.short.notEnough" : "redeem.short.lineDown")}</p>}
        {draw.mutation.data && draw.mutation.data.granted > 0 && (
          <p>{t("redeem.draw.granted", { points: number(draw.mutation.data.granted) })}</p>
        )}
      </RefusalNotice>
      {draw.trouble && <RefusalNotice trouble={draw.trouble} />}
    </>
  );
}

const Fact = ({ name, points }: { readonly name: string; readonly points: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Numeral value={points} size="line" />
    </dd>
  </div>
);
