import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { MemberCard } from "#shared/contracts/members.ts";
import { queries } from "../../app/client.ts";
import { useEncoding } from "../../app/encoding/use-encoding.ts";

type Chosen = { readonly handle: string; readonly last4: string };

/** A stack of cards for those who wait: after each card comes the next by itself, until one goes wrong, somebody stops it, or nobody waits. */
export function useEncodeRow() {
  const client = useQueryClient();
  const waiting = useQuery(queries.cards.waiting.queryOptions({ staleTime: 0 }));
  const [issued, setIssued] = useState<readonly MemberCard[]>([]);
  const [faults, setFaults] = useState(0);
  const encoding = useEncoding({
    onIssued: (member) => {
      setIssued((before) => [member, ...before]);
      void beginNext();
    },
    onFault: () => setFaults((count) => count + 1),
  });

  /** @param unfinished the card to write again; the next number of the box where it is left out */
  async function beginNext(unfinished?: Chosen): Promise<void> {
    const [{ members }, { next, encoder }] = await Promise.all([
      client.fetchQuery(queries.cards.waiting.queryOptions({ staleTime: 0 })),
      client.fetchQuery(queries.encoding.state.queryOptions({ staleTime: 0 })),
    ]);
    const [member] = members;
    const chosen = unfinished ?? next;
    if (!member || !chosen || encoder?.state !== "ready") return;
    const { handle, last4 } = chosen;
    encoding.begin({ intent: { requestId: uuidv7(), memberId: member.memberId, card: { handle } }, last4 });
  }

  return {
    encoding,
    next: waiting.data?.members[0],
    total: waiting.data?.total ?? 0,
    isKnown: waiting.isSuccess && encoding.state !== undefined,
    issued,
    faults,
    begin: (unfinished?: Chosen): void => void beginNext(unfinished),
  };
}
