import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { StationStatus } from "#shared/contracts/station.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";
import type { Outcome } from "../../features/acts/outcome.ts";
import { useAct } from "../acts/use-act.ts";
import type { MemberAct } from "../../features/acts/act-tabs.tsx";
import { KeepPurchaseDialog } from "../../features/acts/keep-purchase-dialog.tsx";
import { FindDialog } from "../../features/find/find-dialog.tsx";
import { Journal } from "../../features/journal/journal.tsx";
import { TierDialog } from "../../features/member/tier-dialog.tsx";
import { ExplainDialog } from "../../features/member/explain-dialog.tsx";
import { PracticeDialog } from "../../features/practice/practice-dialog.tsx";
import { SlipDialog } from "../../features/slip/slip-dialog.tsx";
import { queries, station } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { useSettings } from "../palette/use-settings.ts";
import { Palette } from "../palette/palette.tsx";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import { interrupted, withoutScreen, withScreen } from "../screens/open-screens.ts";
import { ScreenFrame } from "../screens/screen-frame.tsx";
import { screensFor, type ScreenId } from "../screens/screens.ts";
import { HelpDialog } from "../shell/help-dialog.tsx";
import { KeyLegend } from "../shell/key-legend.tsx";
import { ActionPane } from "./action-pane.tsx";
import { actKeysOf, handlersOf, legendOf, type CounterActions } from "./counter-keys.ts";
import { stepBack, withoutMember, type CounterState } from "./counter-state.ts";
import { EmptyCounter } from "./empty-counter.tsx";
import { MemberColumn } from "./member-column.tsx";
import { SwipeNotice } from "./swipe-notice.tsx";
import { SwitchBackBar } from "./switch-back-bar.tsx";
import { UndoBar } from "./undo-bar.tsx";
import { useCounter } from "./use-counter.ts";
import { useExchange } from "./use-exchange.ts";
import { useUndo } from "./use-undo.ts";
import styles from "./workplace.module.css";

type Props = {
  readonly operator: OperatorView;
  readonly status: StationStatus | undefined;
  readonly onLock: () => void;
  readonly onSignOut: () => void;
};

/** The counter: the member on the left, what to do in the middle, what was done today on the right. */
export function Workplace({ operator, status, onLock, onSignOut }: Props) {
  const { t } = useTexts();
  const settings = useSettings();
  const { state, change, member, leftBehind, bringUp, openMember, finish } = useCounter();
  const undo = useUndo();
  const exchange = useExchange(status);
  const may = (permission: Permission): boolean => operator.permissions.includes(permission);
  const proposals = useQuery(queries.points.proposals.queryOptions({ enabled: may("proposal.read") }));
  // Asked for before anybody is served, so that the forms open with their lists.
  useQuery(queries.points.rules.queryOptions());
  useQuery(queries.redemption.plans.queryOptions());
  useQuery(queries.dictionaries.entries.queryOptions());

  const show = (dialog: CounterState["dialog"]): void => change((now) => ({ ...now, dialog }));
  const closeDialog = (): void => show(undefined);
  const find = (): void => change((now) => ({ ...now, dialog: "find", swipeRefusal: undefined }));
  const choose = (act: CounterState["act"]): void =>
    change((now) => ({
      ...now,
      act,
      outcome: undefined,
      dialog: undefined,
      screens: interrupted(now.screens),
      swipeRefusal: undefined,
    }));
  const beginNewMember = may("member.create")
    ? () =>
        change((now) => ({
          ...withoutMember(now, member),
          swipedCard: now.swipedCard,
          act: "newMember",
          screens: interrupted(now.screens),
        }))
    : undefined;

  const screens = screensFor(operator);
  const { opened, inFront } = state.screens;
  const openScreen = (id: ScreenId): void => change((now) => ({ ...now, screens: withScreen(now.screens, id), dialog: undefined }));
  const closeScreen = (): void => change((now) => ({ ...now, screens: withoutScreen(now.screens) }));
  const lastScreen = opened.at(-1);
  const interruptedTitle = screens.find(({ id }) => id === state.screens.interrupted)?.title;
  const waitingOn = (id: ScreenId): number =>
    id === "proposals" ? (proposals.data ?? []).filter((proposal) => proposal.state === "open").length : 0;

  const mayDo: Readonly<Record<MemberAct, boolean>> = {
    award: may("points.award"),
    redeem: may("points.redeem"),
    issue: may("card.issue"),
    // Who may not alone is lent the permission by a supervisor.
    block: member?.card?.state === "active",
    // Of a member of another branch this station does not know what stands there.
    change: may("member.change") && member?.knownAs === "workingSet",
  };
  const acts = (["award", "redeem", "issue", "block", "change"] as const).filter((act) => mayDo[act]);
  const chooseFor = (act: MemberAct): (() => void) | undefined => (member && mayDo[act] ? () => choose(act) : undefined);

  const done = (outcome: Outcome): void => {
    undo.make(outcome);
    finish(outcome);
  };
  const undoing = useAct(station.points.void, (movement) =>
    done({ kind: "void", member: movement.member, points: movement.points, undoableOpId: null, slip: movement.slip }),
  );
  const undoOrChoose = (): void => {
    if (!undo.offer) return choose("void");
    undoing.run({ requestId: undo.offer.requestId, undoes: undo.offer.opId, reason: t("workplace.undo.reason") });
  };

  const counter = useRef<HTMLElement>(null);
  useEffect(() => {
    // What had the focus may have gone with what was done: the keyboard goes on from the counter and not from the top of the page.
    if (document.activeElement === document.body) counter.current?.focus();
  });

  const actions: CounterActions = {
    help: () => show("help"),
    find,
    palette: () => show("palette"),
    issue: member ? chooseFor("issue") : beginNewMember,
    award: chooseFor("award"),
    exchange: may("sync.exchange") ? exchange.run : undefined,
    redeem: chooseFor("redeem"),
    block: chooseFor("block"),
    change: chooseFor("change"),
    undo: may("points.void") ? undoOrChoose : undefined,
    print: () => show("print"),
    lock: onLock,
    signOut: onSignOut,
    screens: screens.flatMap(({ id, shortcut }) =>
      shortcut ? [{ ...shortcut, run: () => (inFront === id ? closeScreen() : openScreen(id)), count: waitingOn(id) }] : [],
    ),
    lastScreen: lastScreen === undefined ? undefined : () => openScreen(lastScreen),
    practise: status?.isSample ? () => show("practice") : null,
    back: () => change((now) => stepBack(now, member)),
    openRecent: (index) => {
      const recent = state.recent[index];
      if (recent) openMember(recent.memberId);
    },
  };
  useCommands("screen", handlersOf(actions));
  const actKeys = actKeysOf(actions, member !== undefined);
  const legend = legendOf(actions, actKeys, interruptedTitle && t(interruptedTitle));
  const trouble = undoing.trouble ?? exchange.trouble;
  const swipeNotice = state.swipeRefusal && (
    <SwipeNotice
      refusal={state.swipeRefusal}
      member={member}
      onIssueToMember={mayDo.issue ? () => choose("issue") : undefined}
      onNewMember={mayDo.issue ? beginNewMember : undefined}
      onKeepPurchase={
        may("points.award") ? (card) => change((now) => ({ ...now, dialog: { keeps: card }, swipeRefusal: undefined })) : undefined
      }
      onTake={(swipedCard) => change((now) => ({ ...now, swipedCard, swipeRefusal: undefined }))}
      onFind={find}
    />
  );
  const explained = typeof state.dialog === "object" && "explains" in state.dialog ? state.dialog.explains : undefined;
  const isIdle = !member && state.act === undefined && !state.swipeRefusal;
  const isMemberPaneShown = inFront === undefined ? !isIdle : member !== undefined || state.swipeRefusal !== undefined;
  return (
    <>
      <main ref={counter} className={styles.counter} tabIndex={-1}>
        {isMemberPaneShown && (
          <MemberColumn
            member={member}
            swipedCardState={state.swipedCardState}
            swipedSubCardEndedOn={state.swipedSubCardEndedOn}
            swipedIsSecondCard={state.swipedIsSecondCard}
            onExplain={(explains) => show({ explains })}
          >
            {inFront !== undefined && swipeNotice}
          </MemberColumn>
        )}
        {screens
          .filter(({ id }) => opened.includes(id))
          .map(({ id, title, component: Component }) => (
            <ScreenFrame key={id} title={t(title)} isInFront={id === inFront} hasMemberBeside={isMemberPaneShown}>
              <Component operator={operator} status={status} onOpenMember={openMember} onClose={closeScreen} />
            </ScreenFrame>
          ))}
        {inFront === undefined && isIdle && (
          <EmptyCounter recent={state.recent} onOpen={({ memberId }) => openMember(memberId)} onFind={find} onNewMember={beginNewMember} />
        )}
        {inFront === undefined && !isIdle && (
          <ActionPane
            state={state}
            member={member}
            acts={acts}
            swipeNotice={swipeNotice}
            trouble={trouble}
            onChoose={choose}
            onDone={done}
            onNext={() => change((now) => withoutMember(now, member))}
            onOpenMember={openMember}
            onTakeSwipedCard={(swipedCard) => change((now) => ({ ...now, swipedCard, swipeRefusal: undefined }))}
          />
        )}
        {inFront === undefined && (
          <aside className={`${styles.pane} ${styles.journal}`}>
            <Journal onOpenMember={openMember} />
          </aside>
        )}
        <p className="spoken-only" role="status">
          {member && t("workplace.memberShown", { name: member.name })}
        </p>
        <div className={styles.toasts}>
          {trouble && (inFront !== undefined || isIdle) && <RefusalNotice trouble={trouble} />}
          {exchange.word && (
            <div className={styles.toast} role="status">
              <span className={styles.toastText}>{t(exchange.word)}</span>
            </div>
          )}
          {leftBehind && <SwitchBackBar member={leftBehind} onSwitchBack={() => openMember(leftBehind.memberId)} />}
          {undo.offer && <UndoBar offer={undo.offer} isBusy={undoing.isBusy} onUndo={undoOrChoose} />}
        </div>
      </main>
      <KeyLegend keys={legend} />
      {state.dialog === "find" && <FindDialog recent={state.recent} onPick={bringUp} onNewMember={beginNewMember} onClose={closeDialog} />}
      {state.dialog === "palette" && (
        <Palette
          screens={screens.map(({ id, title, shortcut }) => ({ id, title, cap: shortcut?.cap, run: () => openScreen(id) }))}
          acts={[
            ...actKeys.map(({ command, words, cap, run }) => ({ id: command, title: words, cap, run })),
            { id: "change", title: "acts.tab.change", cap: "Alt E", run: actions.change },
          ]}
          settings={[...settings, { id: "signOut", title: "palette.signOut", cap: "Alt Q", run: onSignOut }]}
          recent={state.recent}
          onPick={bringUp}
          onClose={closeDialog}
        />
      )}
      {state.dialog === "practice" && <PracticeDialog onClose={closeDialog} />}
      {state.dialog === "print" && <SlipDialog onClose={closeDialog} />}
      {state.dialog === "help" && <HelpDialog onClose={closeDialog} />}
      {typeof state.dialog === "object" && "keeps" in state.dialog && (
        <KeepPurchaseDialog card={state.dialog.keeps} onClose={closeDialog} />
      )}
      {explained === "tier" && member && <TierDialog member={member} onClose={closeDialog} />}
      {explained !== undefined && explained !== "tier" && member && (
        <ExplainDialog member={member} figure={explained} mayRestore={may("points.restore")} onClose={closeDialog} />
      )}
    </>
  );
}
