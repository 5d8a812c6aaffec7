import { useQuery } from "@tanstack/react-query";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";
import type { MemberAct } from "../../features/acts/act-tabs.tsx";
import type { Outcome } from "../../features/acts/outcome.ts";
import { useAct } from "../../features/acts/use-act.ts";
import { FindDialog } from "../../features/find/find-dialog.tsx";
import { Journal } from "../../features/journal/journal.tsx";
import { ExplainDialog } from "../../features/member/explain-dialog.tsx";
import { MemberPane } from "../../features/member/member-pane.tsx";
import { PracticeDialog } from "../../features/practice/practice-dialog.tsx";
import { Proposals } from "../../features/proposals/proposals.tsx";
import { queries, station } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { HelpDialog } from "../shell/help-dialog.tsx";
import { KeyLegend } from "../shell/key-legend.tsx";
import { ActionPane } from "./action-pane.tsx";
import { handlersOf, legendOf, type CounterActions } from "./counter-keys.ts";
import { stepBack, withoutMember, type CounterState } from "./counter-state.ts";
import { EmptyCounter } from "./empty-counter.tsx";
import { SwitchBackBar } from "./switch-back-bar.tsx";
import { UndoBar } from "./undo-bar.tsx";
import { useCounter } from "./use-counter.ts";
import { useExchange } from "./use-exchange.ts";
import { useUndo } from "./use-undo.ts";
import styles from "./workplace.module.css";

type Props = { readonly operator: OperatorView; readonly status: StationStatus | undefined; readonly onSignOut: () => void };

/** The counter: the member on the left, what to do in the middle, what was done today on the right. */
export function Workplace({ operator, status, onSignOut }: Props) {
  const { t } = useTexts();
  const { state, change, member, leftBehind, bringUp, openMember, finish } = useCounter();
  const undo = useUndo();
  const exchange = useExchange(status);
  const may = (permission: Permission): boolean => operator.permissions.includes(permission);
  const proposals = useQuery(queries.points.proposals.queryOptions({ enabled: may("proposal.read") }));
  // Asked for before anybody is served, so that the forms open with their lists.
  useQuery(queries.points.rules.queryOptions());
  useQuery(queries.redemption.plans.queryOptions());

  const show = (dialog: CounterState["dialog"]): void => change((now) => ({ ...now, dialog }));
  const closeDialog = (): void => show(undefined);
  const find = (): void => change((now) => ({ ...now, dialog: "find", swipeRefusal: undefined }));
  const choose = (act: CounterState["act"]): void =>
    change((now) => ({ ...now, act, outcome: undefined, dialog: undefined, isReviewing: false, swipeRefusal: undefined }));
  const beginNewMember = may("member.create")
    ? () => change((now) => ({ ...withoutMember(now, member), swipedCard: now.swipedCard, act: "newMember" }))
    : undefined;

  const mayDo: Readonly<Record<MemberAct, boolean>> = {
    award: may("points.award"),
    redeem: may("points.redeem"),
    issue: may("card.issue"),
    block: may("card.block") && member?.card?.state === "active",
  };
  const acts = (["award", "redeem", "issue", "block"] as const).filter((act) => mayDo[act]);
  const chooseFor = (act: MemberAct): (() => void) | undefined => (member && mayDo[act] ? () => choose(act) : undefined);

  const done = (outcome: Outcome): void => {
    undo.make(outcome);
    finish(outcome);
  };
  const undoing = useAct(station.points.void, (movement) =>
    done({ kind: "void", member: movement.member, points: movement.points, undoableOpId: null }),
  );
  const undoOrChoose = (): void => {
    if (!undo.offer) return choose("void");
    undoing.run({ requestId: undo.offer.requestId, undoes: undo.offer.opId, reason: t("workplace.undo.reason") });
  };

  const actions: CounterActions = {
    help: () => show("help"),
    find,
    issue: member ? chooseFor("issue") : beginNewMember,
    award: chooseFor("award"),
    exchange: may("sync.exchange") ? exchange.run : undefined,
    redeem: chooseFor("redeem"),
    block: may("card.block") ? chooseFor("block") : null,
    undo: may("points.void") ? undoOrChoose : undefined,
    signOut: onSignOut,
    review: may("proposal.read") ? () => change((now) => ({ ...now, isReviewing: !now.isReviewing, dialog: undefined })) : null,
    practise: status?.isSample ? () => show("practice") : null,
    back: () => change((now) => stepBack(now, member)),
    openRecent: (index) => {
      const recent = state.recent[index];
      if (recent) openMember(recent.memberId);
    },
  };
  useCommands("screen", handlersOf(actions));
  const openProposals = (proposals.data ?? []).filter((proposal) => proposal.state === "open").length;

  const isEmpty = !member && state.act === undefined && !state.isReviewing && !state.swipeRefusal;
  return (
    <>
      <main className={styles.counter}>
        {isEmpty ? (
          <EmptyCounter recent={state.recent} onOpen={({ memberId }) => openMember(memberId)} onFind={find} onNewMember={beginNewMember} />
        ) : (
          <>
            <section
              className={`${styles.pane} ${styles.member}`}
              aria-label={t(member ? "workplace.memberShown" : "member.pane.empty", { name: member?.name ?? "" })}
            >
              {member ? (
                <MemberPane member={member} swipedCardState={state.swipedCardState} onExplain={(explains) => show({ explains })} />
              ) : (
                <p className={styles.noMember}>
                  {t("member.pane.empty")}
                  <span>{t("member.pane.emptyHint")}</span>
                </p>
              )}
            </section>
            {state.isReviewing ? (
              <div className={`${styles.pane} ${styles.wide}`}>
                <Proposals
                  isLineUp={status?.sync.line !== "offline"}
                  onOpenMember={openMember}
                  onClose={() => change((now) => ({ ...now, isReviewing: false }))}
                />
              </div>
            ) : (
              <ActionPane
                state={state}
                member={member}
                acts={acts}
                mayIssue={may("card.issue")}
                trouble={undoing.trouble ?? exchange.trouble}
                onChoose={choose}
                onDone={done}
                onNext={() => change((now) => withoutMember(now, member))}
                onFind={find}
                onNewMember={beginNewMember}
                onOpenMember={openMember}
                onTakeSwipedCard={(swipedCard) => change((now) => ({ ...now, swipedCard, swipeRefusal: undefined }))}
              />
            )}
          </>
        )}
        {!state.isReviewing && (
          <aside className={`${styles.pane} ${styles.journal}`}>
            <Journal onOpenMember={openMember} />
          </aside>
        )}
        <p className="spoken-only" role="status">
          {member && t("workplace.memberShown", { name: member.name })}
        </p>
        <div className={styles.toasts}>
          {exchange.word && (
            <div className={styles.toast} role="status">
              <span className={styles.toastText}>{t(exchange.word)}</span>
            </div>
          )}
          {leftBehind && <SwitchBackBar member={leftBehind} onSwitchBack={() => openMember(leftBehind.memberId)} />}
          {undo.offer && <UndoBar offer={undo.offer} isBusy={undoing.isBusy} onUndo={undoOrChoose} />}
        </div>
      </main>
      <KeyLegend keys={legendOf(actions, { member: member !== undefined, openProposals })} />
      {state.dialog === "find" && <FindDialog recent={state.recent} onPick={bringUp} onNewMember={beginNewMember} onClose={closeDialog} />}
      {state.dialog === "practice" && <PracticeDialog onClose={closeDialog} />}
      {state.dialog === "help" && <HelpDialog onClose={closeDialog} />}
      {typeof state.dialog === "object" && member && <ExplainDialog member={member} figure={state.dialog.explains} onClose={closeDialog} />}
    </>
  );
}
