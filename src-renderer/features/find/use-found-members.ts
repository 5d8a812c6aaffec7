import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { queries } from "../../app/client.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import type { Trouble } from "../../app/refusals/refusal-words.ts";

type Found = {
  /** What was typed, as it is looked for. */
  readonly text: string;
  /** Undefined until the first answer, and while nothing is typed. */
  readonly members: readonly MemberCard[] | undefined;
  readonly isComplete: boolean;
  readonly trouble: Trouble | undefined;
};

/** The members that a typed text finds, following it as it changes. */
export function useFoundMembers(typed: string): Found {
  // Deferred, so that a fast typist's keys are never held up by the list.
  const text = useDeferredValue(typed.normalize("NFKC").trim());
  const found = useQuery(
    queries.members.find.queryOptions({ input: { text }, enabled: text !== "", placeholderData: keepPreviousData, staleTime: 0 }),
  );
  return {
    text,
    members: text === "" ? undefined : found.data?.members,
    isComplete: found.data?.isComplete ?? true,
    trouble: troubleOf(found.error),
  };
}
