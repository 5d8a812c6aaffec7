import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { StationEvent, StationStatus } from "#shared/contracts/station.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";
import type { MemberAct } from "../../features/acts/act-tabs.tsx";
import type { Outcome } from "../../features/acts/outcome.ts";
import { useAct } from "../../features/acts/use-act.ts";
import { drafts } from "../../features/acts/use-draft.ts";
import { FindDialog } from "../../features/find/find-dialog.tsx";
import { Journal } from "../../features/journal/journal.tsx";
import { ExplainDialog } from "../../features/member/explain-dialog.tsx";
import { MemberPane } from "../../features/member/member-pane.tsx";
import { PracticeDialog } from "../../features/practice/practice-dialog.tsx";
import { Proposals } from "../../features/proposals/proposals.tsx";
import { queries, station } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { useStationEvents } from "../station/use-station-events.ts";
import { HelpDialog } from "../shell/help-dialog.tsx";
import { KeyLegend, type LegendKey } from "../shell/key-legend.tsx";
import { ActionPane } from "./action-pane.tsx";
import { firstActFor, nobody, stepBack, withMember, withoutMember, withSwipeRefusal, type CounterState } from "./counter-state.ts";
import { EmptyCounter } from "./empty-counter.tsx";
import { SwitchBackBar } from "./switch-back-bar.tsx";
import { UndoBar } from "./undo-bar.tsx";
import { useUndo } from "./use-undo.ts";
import styles from "./workplace.module.css";

type Props = { readonly operator: OperatorView; readonly status: StationStatus | undefined; readonly onSignOut: () => void };

/** The counter: the member on the left, what to do in the middle, what was done today on the right. */
export function Workplace({ operator, status, onSignOut }: Props) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [state, setState] = useState<CounterState>(nobody);
  /** Who was left with a half-filled form by the last swipe. */
  const [leftBehind, setLeftBehind] = useState<MemberCard>();
  const [exchangeWord, setExchangeWord] = useState<string>();
  const undo = useUndo();

  const may = (permission: Permission): boolean => operator.permissions.includes(permission);
  const proposals = useQuery(queries.points.proposals.queryOptions({ enabled: may("proposal.read") }));
  // Asked for before anybody is served, so that the forms open with their lists.
  useQuery(queries.points.rules.queryOptions());
  useQuery(queries.redemption.plans.queryOptions());
  const openProposals = (proposals.data ?? []).filter((proposal) => proposal.state === "open").length;
  const memberQuery = useQuery(
    queries.members.get.queryOptions({
      input: { memberId: state.memberId ?? "" },
      enabled: state.memberId !== undefined,
      staleTime: Infinity,
    }),
  );
  const member = state.memberId === undefined ? undefined : memberQuery.data;

  const keep = (shown: MemberCard): void => {
    const queryKey = queries.members.get.queryKey({ input: { memberId: shown.memberId } });
    // An answer that was asked for before this act would put the old figures back.
    void client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, shown);
  };
  const bringUp = (arriving: MemberCard, act?: MemberAct): void => {
    keep(arriving);
    const isLeaving = member !== undefined && member.memberId !== arriving.memberId;
    setLeftBehind(isLeaving && drafts.hasUnfinished(member.memberId) ? member : undefined);
    setState((now) => withMember(now, arriving, member, act));
  };
  const openMember = (memberId: string): void => {
    void client
      .fetchQuery(queries.members.get.queryOptions({ input: { memberId }, staleTime: 0 }))
      .then((found) => bringUp(found))
      // The journal may name a member that has since left this station's reach; the line stays, the pane does not change.
      .catch(() => undefined);
  };

  useStationEvents((event: StationEvent) => {
    switch (event.type) {
      case "status":
        // The strip stands above every screen, so the shell takes the status.
        break;
      case "cardRead":
        bringUp(event.card);
        break;
      case "cardRefused":
        setState((now) => withSwipeRefusal(now, event));
        break;
      case "memberChanged":
        void client.invalidateQueries({ queryKey: queries.members.get.key({ input: { memberId: event.memberId } }) });
        void client.invalidateQueries({ queryKey: queries.points.explain.key({ input: { memberId: event.memberId } }) });
        void client.invalidateQueries({ queryKey: queries.points.proposals.key() });
        break;
      case "journalChanged":
        void client.invalidateQueries({ queryKey: queries.points.journal.key() });
        void client.invalidateQueries({ queryKey: queries.points.proposals.key() });
        break;
    }
  });

  const finish = (outcome: Outcome): void => {
    keep(outcome.member);
    undo.make(outcome);
    setLeftBehind(undefined);
    setState((now) =>
      // A new member goes straight on to the card; everything else shows what was done.
      outcome.kind === "newMember"
        ? withMember(now, outcome.member, member, "issue")
        : {
            ...now,
            memberId: outcome.member.memberId,
            act: now.act ?? firstActFor(outcome.member),
            outcome,
            swipeRefusal: undefined,
            swipedCard: undefined,
          },
    );
  };

  const undoing = useAct(station.points.void, (movement) => {
    undo.withdraw();
    finish({ kind: "void", member: movement.member, points: movement.points, undoableOpId: null });
  });
  const exchange = useAct(station.sync.exchange, (after) => {
    client.setQueryData(queries.station.status.queryKey(), after);
    // Not by the state of the line: the station may be trying again by the time that it answers.
    const wasHeard = (after.sync.lastContactMs ?? 0) > (status?.sync.lastContactMs ?? 0);
    setExchangeWord(t(wasHeard ? "workplace.exchanged" : "workplace.exchangeOffline"));
  });
  useEffect(() => {
    if (exchangeWord === undefined) return;
    const timer = setTimeout(() => setExchangeWord(undefined), 4_000);
    return () => clearTimeout(timer);
  }, [exchangeWord]);

  const choose = (act: CounterState["act"]): void =>
    setState((now) => ({ ...now, act, outcome: undefined, dialog: undefined, isReviewing: false, swipeRefusal: undefined }));
  const acts: readonly MemberAct[] = (["award", "redeem", "issue", "block"] as const).filter((act) => {
    if (act === "award") return may("points.award");
    if (act === "redeem") return may("points.redeem");
    if (act === "issue") return may("card.issue");
    return may("card.block") && member?.card?.state === "active";
  });
  const chooseIf = (act: MemberAct): (() => void) | undefined => (member && acts.includes(act) ? () => choose(act) : undefined);
  const beginNewMember = may("member.create")
    ? () => setState((now) => ({ ...withoutMember(now, member), swipedCard: now.swipedCard, act: "newMember" }))
    : undefined;
  const closeDialog = (): void => setState((now) => ({ ...now, dialog: undefined }));
  const find = (): void => setState((now) => ({ ...now, dialog: "find", swipeRefusal: undefined }));
  const doVoid = (): void => {
    if (!undo.offer) return choose("void");
    undoing.run({ requestId: undo.offer.requestId, undoes: undo.offer.opId, reason: t("workplace.undo.reason") });
  };
  const toProposals = may("proposal.read")
    ? () => setState((now) => ({ ...now, isReviewing: !now.isReviewing, dialog: undefined }))
    : undefined;
  const practise = status?.isSample ? () => setState((now) => ({ ...now, dialog: "practice" })) : undefined;
  const openRecent = (index: number): void => {
    const recent = state.recent[index];
    if (recent) openMember(recent.memberId);
  };
  const issue = member ? chooseIf("issue") : beginNewMember;

  const keys: readonly LegendKey[] = [
    { cap: "F1", command: "help", words: "shell.key.help", run: () => setState((now) => ({ ...now, dialog: "help" })) },
    { cap: "F2", command: "find", words: "shell.key.find", run: find },
    { cap: "F3", command: "issue", words: member ? "shell.key.issue" : "shell.key.newMember", run: issue },
    { cap: "F4", command: "award", words: "shell.key.award", run: chooseIf("award") },
    { cap: "F5", command: "exchange", words: "shell.key.exchange", run: may("sync.exchange") ? () => exchange.run({}) : undefined },
    { cap: "F6", command: "redeem", words: "shell.key.redeem", run: chooseIf("redeem") },
    ...(may("card.block") ? [{ cap: "F7", command: "block", words: "shell.key.block", run: chooseIf("block") } as const] : []),
    { cap: "F8", command: "void", words: "shell.key.void", run: may("points.void") ? doVoid : undefined },
    { cap: "F10", command: "lock", words: "shell.key.lock", run: onSignOut },
    ...(toProposals
      ? [{ cap: "Alt P", command: "proposals", words: "shell.key.proposals", run: toProposals, count: openProposals } as const]
      : []),
    ...(practise ? [{ cap: "Alt S", command: "practice", words: "shell.key.practice", run: practise } as const] : []),
    { cap: "Esc", command: "back", words: "shell.key.back", run: () => setState((now) => stepBack(now, member)) },
  ];
  useCommands("screen", {
    ...Object.fromEntries(keys.map(({ command, run }) => [command, run ?? (() => undefined)])),
    recent1: () => openRecent(0),
    recent2: () => openRecent(1),
    recent3: () => openRecent(2),
    recent4: () => openRecent(3),
    recent5: () => openRecent(4),
  });

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
                <MemberPane
                  member={member}
                  swipedCardState={state.swipedCardState}
                  onExplain={(explains) => setState((now) => ({ ...now, dialog: { explains } }))}
                />
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
                  onClose={() => setState((now) => ({ ...now, isReviewing: false }))}
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
                onDone={finish}
                onNext={() => setState((now) => withoutMember(now, member))}
                onFind={find}
                onNewMember={beginNewMember}
                onOpenMember={openMember}
                onTakeSwipedCard={(swipedCard) => setState((now) => ({ ...now, swipedCard, swipeRefusal: undefined }))}
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
          {exchangeWord !== undefined && (
            <div className={styles.toast} role="status">
              <span className={styles.toastText}>{exchangeWord}</span>
            </div>
          )}
          {leftBehind && <SwitchBackBar member={leftBehind} onSwitchBack={() => openMember(leftBehind.memberId)} />}
          {undo.offer && <UndoBar offer={undo.offer} isBusy={undoing.isBusy} onUndo={doVoid} />}
        </div>
      </main>
      <KeyLegend keys={keys} />
      {state.dialog === "find" && (
        <FindDialog recent={state.recent} onPick={(found) => bringUp(found)} onNewMember={beginNewMember} onClose={closeDialog} />
      )}
      {state.dialog === "practice" && <PracticeDialog onClose={closeDialog} />}
      {state.dialog === "help" && <HelpDialog onClose={closeDialog} />}
      {typeof state.dialog === "object" && member && <ExplainDialog member={member} figure={state.dialog.explains} onClose={closeDialog} />}
    </>
  );
}
