import { Button } from "antd";
import type { MemberCard } from "#shared/contracts/members.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import type { SwipeRefusal } from "./counter-state.ts";

type Props = {
  readonly refusal: SwipeRefusal;
  readonly member: MemberCard | undefined;
  readonly mayIssue: boolean;
  readonly onIssueToMember: () => void;
  readonly onNewMember: () => void;
  readonly onFind: () => void;
};

/** A swipe that brought nobody up, and what can be done with the card in hand. */
export function SwipeNotice({ refusal, member, mayIssue, onIssueToMember, onNewMember, onFind }: Props) {
  const { t } = useTexts();
  const isBlank = refusal.code === "CARD_UNKNOWN_HERE" && refusal.cardHandle !== null && mayIssue;
  return (
    <RefusalNotice
      trouble={{ code: refusal.code, data: { last4: refusal.last4 ?? "" } }}
      actions={
        <>
          {isBlank && member && <Button onClick={onIssueToMember}>{t("workplace.swipe.issueTo", { name: member.name })}</Button>}
          {isBlank && <Button onClick={onNewMember}>{t("workplace.swipe.newMember")}</Button>}
          {refusal.code === "CARD_UNKNOWN_HERE" && (
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
