import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { IssueCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { queries, station } from "../client.ts";
import { troubleOf } from "../refusals/trouble-of.ts";
import { useStationEvents } from "../station/use-station-events.ts";

/** A handle is good for ten minutes, and a form may stand open longer. */
const refreshMs = 5 * 60 * 1000;

/** One card for one person. `last4` of its number is what the clerk compares with the card's face. */
type Job = { readonly intent: IssueCardInput; readonly last4: string };
type Outcomes = { readonly onIssued: (member: MemberCard) => void; readonly onFault?: () => void };

/** The encoder of this counter, and the one card that is being written: first the card is drawn through to be written, then to be read back. */
export function useEncoding({ onIssued, onFault }: Outcomes) {
  const client = useQueryClient();
  const state = useQuery(queries.encoding.state.queryOptions({ staleTime: 0, refetchInterval: refreshMs }));
  const asked = useRef<AbortController>(undefined);
  const [step, setStep] = useState<"write" | "check">("write");
  const refresh = () => client.invalidateQueries({ queryKey: queries.encoding.state.key() });
  useStationEvents((event) => {
    if (event.type === "devicesChanged" || event.type === "stockChanged") void refresh();
  });
  // Whoever leaves the form draws no card through: the encoder must not wait for the next one that comes along.
  useEffect(() => () => asked.current?.abort(), []);

  const work = useMutation({
    mutationFn: async ({ intent }: Job) => {
      asked.current = new AbortController();
      const { signal } = asked.current;
      setStep("write");
      await station.encoding.write(intent, { signal });
      setStep("check");
      return station.encoding.check(intent, { signal });
    },
    onSuccess: (member) => {
      void client.invalidateQueries({ queryKey: queries.points.journal.key() });
      onIssued(member);
    },
    onError: () => {
      if (asked.current?.signal.aborted !== true) onFault?.();
    },
    onSettled: () => refresh(),
  });

  return {
    state: state.data,
    step: work.isPending ? { kind: step, last4: work.variables.last4 } : undefined,
    trouble: troubleOf(work.error),
    begin: (job: Job): void => work.mutate(job),
    /** The same card for the same person: also after the station went away in the middle. */
    again: work.variables && !work.isPending ? (): void => work.mutate(work.variables) : undefined,
    stop: (): void => {
      asked.current?.abort();
      work.reset();
    },
  };
}
export type Encoding = ReturnType<typeof useEncoding>;
