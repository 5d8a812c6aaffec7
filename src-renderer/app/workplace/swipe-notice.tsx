import { Button } from "antd";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { SwipedCard } from "../../features/acts/blank-card-field.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import type { SwipeRefusal } from "./counter-state.ts";

type Props = {
  readonly refusal: SwipeRefusal;
  readonly member: MemberCard | undefined;
  /** Undefined for whom may not issue cards. */
  readonly onIssueToMember: (() => void) | undefined;
  readonly onNewMember: (() => void) | undefined;
  /** Undefined for whom may not award points. */
  readonly onKeepPurchase: ((card: SwipedCard) => void) | undefined;
  /** The card in hand is the one to issue. */
  readonly onTake: (card: SwipedCard) => void;
  readonly onFind: () => void;
};

/** A swipe that brought nobody up, and what can be done with the card in hand. */
export function SwipeNotice({ refusal, member, onIssueToMember, onNewMember, onKeepPurchase, onTake, onFind }: Props) {
  const { t } = useTexts();
  const { code, cardHandle, last4 } = refusal;
  const blank = code === "CARD_UNKNOWN_HERE" && cardHandle !== null ? { handle: cardHandle, last4: last4 ?? "" } : undefined;
  const issue = (begin: (() => void) | undefined): (() => void) | undefined =>
    blank &&
    begin &&
    (() => {
      begin();
      onTake(blank);
    });
  const issueToMember = member && issue(onIssueToMember);
  const issueToNew = issue(onNewMember);
  return (
    <RefusalNotice
      trouble={{ code, data: { last4: last4 ?? "" } }}
      actions={
        <>
          {issueToMember && <Button onClick={issueToMember}>{t("workplace.swipe.issueTo", { name: member.name })}</Button>}
          {issueToNew && <Button onClick={issueToNew}>{t("workplace.swipe.newMember")}</Button>}
          {blank && onKeepPurchase && <Button onClick={() => onKeepPurchase(blank)}>{t("workplace.swipe.keep")}</Button>}
          {code === "CARD_UNKNOWN_HERE" && (
            <Button onClick={onFind}>
              {t("workplace.swipe.find")} <KeyCap>F2</KeyCap>
            </Button>
          )}
        </>
      }
    >
      {refusal.cause !== null && <p>{t("workplace.swipe.cause", { cause: refusal.cause })}</p>}
    </RefusalNotice>
  );
}
