import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { CardRef, WaitingMember } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { SwipeEvent } from "#shared/contracts/station.ts";
import { queries, station } from "../../app/client.ts";
import type { Trouble } from "../../app/refusals/refusal-words.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { useStationEvents } from "../../app/station/use-station-events.ts";
import { useSwipes } from "../../app/station/use-swipes.ts";

export type Issued = {
  readonly opId: string;
  /** The intent of taking it back, should there ever be one. */
  readonly undoId: string;
  readonly member: MemberCard;
  readonly last4: string;
  readonly isTakenBack: boolean;
};

/** Why the last card did nothing: a refusal of the station, or somebody has it. */
export type Fault = { readonly kind: "refused"; readonly trouble: Trouble } | { readonly kind: "taken"; readonly card: MemberCard };

/** The row: who is next, what was issued, and what was wrong with the last card. Cards that come fast wait for each other. */
export function useRow() {
  const client = useQueryClient();
  const waiting = useQuery(queries.cards.waiting.queryOptions({ staleTime: 0 }));
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [issued, setIssued] = useState<readonly Issued[]>([]);
  const [fault, setFault] = useState<Fault>();
  const [typedRequestId, setTypedRequestId] = useState(uuidv7);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const newestLast4 = useRef<string>(undefined);

  const all = waiting.data?.members ?? [];
  const line: readonly WaitingMember[] = [
    ...all.filter(({ memberId }) => !skipped.includes(memberId)),
    ...all.filter(({ memberId }) => skipped.includes(memberId)),
  ];
  const next = line[0];
  const last = issued.find(({ isTakenBack }) => !isTakenBack);

  const refresh = () => client.invalidateQueries({ queryKey: queries.cards.waiting.key() });
  useStationEvents((event) => {
    if (event.type === "memberChanged" || event.type === "journalChanged") void refresh();
  });

  /**
   * One card for whoever is next when its turn comes.
   *
   * @param swipedLast4 of a card that was swiped
   * @returns whether somebody has it now
   */
  async function issueNext(card: CardRef, requestId: string, swipedLast4: string | null = null): Promise<boolean> {
    const { members } = await client.fetchQuery(queries.cards.waiting.queryOptions({ staleTime: 0 }));
    const member = members.find(({ memberId }) => !skipped.includes(memberId)) ?? members[0];
    if (!member) return false;
    try {
      const done = await station.cards.issue({ requestId, memberId: member.memberId, card });
      const last4 = done.card?.last4 ?? "";
      setIssued((before) => [{ opId: requestId, undoId: uuidv7(), member: done, last4, isTakenBack: false }, ...before]);
      setFault(undefined);
      newestLast4.current = last4;
      return true;
    } catch (error) {
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      // The second of two quick swipes of one card was on its way when the first one had not been issued yet.
      const isDoubled = trouble.code === "CARD_TAKEN" && swipedLast4 !== null && swipedLast4 === newestLast4.current;
      if (!isDoubled) setFault({ kind: "refused", trouble });
      return false;
    } finally {
      await refresh();
    }
  }
  const inTurn = (work: () => Promise<void>): void => {
    queue.current = queue.current.then(work);
  };

  const onSwipe = (swipe: SwipeEvent): boolean => {
    if (swipe.type === "cardRefused") {
      const { code, cause, last4, cardHandle } = swipe;
      if (code === "CARD_UNKNOWN_HERE" && cardHandle !== null) {
        const requestId = uuidv7();
        inTurn(async () => void (await issueNext({ handle: cardHandle }, requestId, last4)));
      } else setFault({ kind: "refused", trouble: { code, data: { cause, last4 } } });
      return true;
    }
    // The same card once more, from a hand that was not sure: it has been issued and nothing is wrong.
    const isDoubled = last !== undefined && swipe.card.memberId === last.member.memberId && swipe.card.swipedCardState === "active";
    if (!isDoubled) setFault({ kind: "taken", card: swipe.card });
    return true;
  };
  useSwipes(onSwipe);

  const undo = useMutation({
    mutationFn: ({ opId, undoId }: Issued) => station.cards.undoIssue({ requestId: undoId, undoes: opId }),
    onSuccess: async (_, { opId }) => {
      setIssued((before) => before.map((each) => (each.opId === opId ? { ...each, isTakenBack: true } : each)));
      setFault(undefined);
      await refresh();
    },
    onError: (error) => {
      const trouble = troubleOf(error);
      if (trouble) setFault({ kind: "refused", trouble });
    },
  });

  return {
    line,
    total: waiting.data?.total ?? 0,
    isKnown: waiting.isSuccess,
    next,
    isSkipped: (memberId: string): boolean => skipped.includes(memberId),
    skip: (memberId: string): void => setSkipped((before) => [...before.filter((id) => id !== memberId), memberId]),
    issued,
    fault,
    /** @param onDone when the card is somebody's, so that the next number can be typed */
    issueTyped: (number: string, onDone: () => void): void =>
      inTurn(async () => {
        if (!(await issueNext({ number }, typedRequestId))) return;
        setTypedRequestId(uuidv7());
        onDone();
      }),
    undoLast: last && !undo.isPending ? (): void => undo.mutate(last) : undefined,
  };
}
