import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { queries, station } from "../../app/client.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import type { Trouble } from "../../app/refusals/refusal-words.ts";

type Found = {
  /** What was typed, as it is looked for. */
  readonly text: string;
  /** Those whom this counter knows; undefined until the first answer, and while nothing is typed. */
  readonly members: readonly MemberCard[] | undefined;
  /** Whether nobody else can be meant: a whole number was typed, and its owner is here. */
  readonly isComplete: boolean;
  /** Whether `members` is the answer to what stands in the field now, and not yet to an older text. */
  readonly isSettled: boolean;
  readonly headOffice: {
    readonly isUp: boolean;
    readonly isAsked: boolean;
    readonly ask: () => void;
    /** What head office answered about this very text. */
    readonly answer: { readonly members: readonly MemberCard[]; readonly isCut: boolean; readonly asOfMs: number } | undefined;
  };
  readonly trouble: Trouble | undefined;
};

/**
 * The members that a typed text finds here, following it as it changes; and those whom head office finds, which is asked only when the
 * clerk says so, since each question is remembered there.
 */
export function useFoundMembers(typed: string): Found {
  // Deferred, so that a fast typist's keys are never held up by the list.
  const wanted = typed.normalize("NFKC").trim();
  const text = useDeferredValue(wanted);
  const here = useQuery(
    queries.members.find.queryOptions({ input: { text }, enabled: text !== "", placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const line = useQuery(queries.station.status.queryOptions()).data?.sync.line;
  const asked = useMutation({ mutationFn: (about: string) => station.members.findAtHeadOffice({ text: about }) });
  const isAboutThis = asked.variables === text;
  return {
    text,
    members: text === "" ? undefined : here.data?.members,
    isSettled: text === wanted && (text === "" || here.isError || (here.isSuccess && !here.isPlaceholderData)),
    isComplete: here.data?.isComplete ?? true,
    headOffice: {
      isUp: line !== undefined && line !== "offline",
      isAsked: isAboutThis && asked.isPending,
      ask: () => asked.mutate(text),
      answer: isAboutThis ? asked.data : undefined,
    },
    trouble: troubleOf(here.error ?? (isAboutThis ? asked.error : null)),
  };
}
