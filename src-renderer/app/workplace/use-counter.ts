import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { StationEvent } from "#shared/contracts/station.ts";
import type { MemberAct } from "../../features/acts/act-tabs.tsx";
import type { Outcome } from "../../features/acts/outcome.ts";
import { useDrafts } from "../acts/use-draft.ts";
import { queries } from "../client.ts";
import { useStationEvents } from "../station/use-station-events.ts";
import { useHeldSwipe } from "../session/use-held-swipe.ts";
import { isSwipeTaken } from "../station/use-swipes.ts";
import { firstActFor, nobody, withMember, withSwipeRefusal, type CounterState } from "./counter-state.ts";

export type Counter = {
  readonly state: CounterState;
  readonly change: (next: (now: CounterState) => CounterState) => void;
  readonly member: MemberCard | undefined;
  /** Who was left with a half-filled form by the last swipe. */
  readonly leftBehind: MemberCard | undefined;
  readonly bringUp: (arriving: MemberCard) => void;
  readonly openMember: (memberId: string) => void;
  /** Shows what an act did, with the member as the act left them. */
  readonly finish: (outcome: Outcome) => void;
};

/** Who is at the counter and what for; follows the swipes and changes that the station reports. */
export function useCounter(): Counter {
  const client = useQueryClient();
  const drafts = useDrafts();
  const [state, change] = useState<CounterState>(nobody);
  const [leftBehind, setLeftBehind] = useState<MemberCard>();
  const { memberId } = state;
  const query = useQuery(
    queries.members.get.queryOptions({ input: { memberId: memberId ?? "" }, enabled: memberId !== undefined, staleTime: Infinity }),
  );
  const member = memberId === undefined ? undefined : query.data;

  const keep = (shown: MemberCard): void => {
    const queryKey = queries.members.get.queryKey({ input: { memberId: shown.memberId } });
    // An answer that was asked for before this one would put the old figures back.
    void client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, shown);
  };

  const bringUp = (arriving: MemberCard, act?: MemberAct): void => {
    keep(arriving);
    const isLeaving = member !== undefined && member.memberId !== arriving.memberId;
    setLeftBehind(isLeaving && drafts.hasUnfinished(member.memberId) ? member : undefined);
    change((now) => withMember(now, arriving, member, act));
  };

  const openMember = (wanted: string): void => {
    void client
      .fetchQuery(queries.members.get.queryOptions({ input: { memberId: wanted }, staleTime: 0 }))
      .then((found) => bringUp(found))
      // The journal may name a member that has since left this station's reach; the line stays, the pane does not change.
      .catch(() => undefined);
  };

  const finish = (outcome: Outcome): void => {
    // A new member goes straight on to the card; everything else shows what was done.
    if (outcome.kind === "newMember") return bringUp(outcome.member, "issue");
    keep(outcome.member);
    setLeftBehind(undefined);
    change((now) => ({
      ...now,
      memberId: outcome.member.memberId,
      act: now.act ?? firstActFor(outcome.member),
      outcome,
      swipeRefusal: undefined,
      swipedCard: undefined,
    }));
  };

  const hear = (event: StationEvent): void => {
    switch (event.type) {
      case "status":
      case "updatesChanged":
      case "staffCardRead":
        // The strip stands above every screen, so the shell takes these.
        break;
      case "cardRead":
        if (!isSwipeTaken(event)) bringUp(event.card);
        break;
      case "cardRefused":
        if (!isSwipeTaken(event)) change((now) => withSwipeRefusal(now, event));
        break;
      case "memberChanged":
        void client.invalidateQueries({ queryKey: queries.members.get.key({ input: { memberId: event.memberId } }) });
        void client.invalidateQueries({ queryKey: queries.points.explain.key({ input: { memberId: event.memberId } }) });
        void client.invalidateQueries({ queryKey: queries.points.proposals.key() });
        // A share of a campaign's budget came, or was given.
        void client.invalidateQueries({ queryKey: queries.points.rules.key() });
        break;
      case "journalChanged":
        void client.invalidateQueries({ queryKey: queries.points.journal.key() });
        void client.invalidateQueries({ queryKey: queries.points.proposals.key() });
        break;
      case "stockChanged":
        void client.invalidateQueries({ queryKey: queries.redemption.plans.key() });
        void client.invalidateQueries({ queryKey: queries.stock.key() });
        break;
      case "devicesChanged":
        void client.invalidateQueries({ queryKey: queries.devices.key() });
        break;
    }
  };
  useStationEvents(hear);
  useHeldSwipe(hear);

  return { state, change, member, leftBehind, bringUp: (arriving) => bringUp(arriving), openMember, finish };
}
