import { memo, type ReactNode } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { ActTabs, type MemberAct } from "../../features/acts/act-tabs.tsx";
import { AwardForm } from "../../features/acts/award-form.tsx";
import type { SwipedCard } from "../../features/acts/blank-card-field.tsx";
import { BlockForm } from "../../features/acts/block-form.tsx";
import { ChangeForm } from "../../features/acts/change-form.tsx";
import { IssueForm } from "../../features/acts/issue-form.tsx";
import { NewMemberForm } from "../../features/acts/new-member-form.tsx";
import type { Outcome } from "../../features/acts/outcome.ts";
import { OutcomePanel } from "../../features/acts/outcome-panel.tsx";
import { RedeemForm } from "../../features/acts/redeem-form.tsx";
import { VoidForm } from "../../features/acts/void-form.tsx";
import { useIsPainted } from "../../ui/use-is-painted.ts";
import { useTexts } from "../intl/use-texts.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import type { Trouble } from "../refusals/refusal-words.ts";
import type { CounterState } from "./counter-state.ts";
import styles from "./workplace.module.css";

type Props = {
  readonly state: CounterState;
  readonly member: MemberCard | undefined;
  readonly acts: readonly MemberAct[];
  /** What a card that brought nobody up can be used for. */
  readonly swipeNotice: ReactNode;
  /** Of an act that is not of the form shown: an undo at once, an exchange. */
  readonly trouble: Trouble | undefined;
  readonly onChoose: (act: MemberAct) => void;
  readonly onDone: (outcome: Outcome) => void;
  readonly onNext: () => void;
  readonly onOpenMember: (memberId: string) => void;
  readonly onTakeSwipedCard: (card: SwipedCard | undefined) => void;
};

/** What to do for the member shown: the acts, the form of the chosen one, and what came of it. */
export function ActionPane(props: Props) {
  const { state, member, acts } = props;
  const { t } = useTexts();
  const chosen = acts.find((act) => act === state.act);
  const isArriving = !useIsPainted(member?.memberId);
  return (
    <section className={`${styles.pane} ${styles.action}`} aria-label={t("acts.pane")}>
      {member && <ActTabs acts={acts} chosen={state.outcome ? undefined : chosen} onChoose={props.onChoose} />}
      <div className={styles.actionBody} inert={isArriving}>
        {props.swipeNotice}
        {props.trouble && <RefusalNotice trouble={props.trouble} />}
        <SettledAct {...props} chosen={chosen} isArriving={isArriving} />
      </div>
    </section>
  );
}

/**
 * Whoever arrives is painted first. The form for them takes longer to draw than all the rest, and follows at once; until then the one before
 * stands still, and takes no key that could be meant for either.
 */
const SettledAct = memo(Act, (_before, { isArriving }) => isArriving);

function Act({
  state,
  member,
  acts,
  chosen,
  onChoose,
  onDone,
  onNext,
  onOpenMember,
  onTakeSwipedCard,
  isArriving,
}: Props & { readonly chosen: MemberAct | undefined; readonly isArriving: boolean }) {
  if (isArriving) return null;
  if (state.outcome) {
    const next = (act: MemberAct): (() => void) | undefined => (acts.includes(act) ? () => onChoose(act) : undefined);
    const hasWorkingCard = state.outcome.member.card?.state === "active";
    return (
      <OutcomePanel
        outcome={state.outcome}
        onNext={onNext}
        onAward={hasWorkingCard ? next("award") : undefined}
        onRedeem={hasWorkingCard ? next("redeem") : undefined}
        onIssue={hasWorkingCard ? undefined : next("issue")}
      />
    );
  }
  if (state.act === "void") return <VoidForm onDone={onDone} />;
  if (state.act === "newMember") return <NewMemberForm swiped={state.swipedCard} onOpenMember={onOpenMember} onDone={onDone} />;
  if (!member) return null;
  // Each refusal that the station would give anyway is told before anything is typed.
  if (member.state === "frozen") return <RefusalNotice trouble={{ code: "MEMBER_FROZEN", data: undefined }} />;
  switch (chosen) {
    case "award":
      return needsCard(member) ?? <AwardForm key={member.memberId} member={member} onDone={onDone} />;
    case "redeem":
      return needsCard(member) ?? <RedeemForm key={member.memberId} member={member} onDone={onDone} />;
    case "issue":
      return (
        <IssueForm
          key={member.memberId}
          member={member}
          swiped={state.swipedCard}
          onSwipedUsed={() => onTakeSwipedCard(undefined)}
          onDone={onDone}
        />
      );
    case "block":
      return (
        member.card && (
          <BlockForm
            key={member.memberId}
            member={member}
            last4={member.card.last4}
            newCard={acts.includes("issue") ? { swiped: state.swipedCard, onSwipedUsed: () => onTakeSwipedCard(undefined) } : undefined}
            onDone={onDone}
          />
        )
      );
    case "change":
      return <ChangeForm key={member.memberId} member={member} onDone={onDone} />;
    case undefined:
      return null;
  }
}

function needsCard(member: MemberCard) {
  if (!member.card) return <RefusalNotice trouble={{ code: "NO_CARD", data: undefined }} />;
  return member.card.state === "blocked" ? <RefusalNotice trouble={{ code: "CARD_BLOCKED", data: undefined }} /> : undefined;
}
