import { createContext, use, useSyncExternalStore } from "react";
import type { Trouble } from "../refusals/refusal-words.ts";
import type { Act, Drafts } from "./drafts.ts";

/** The drafts of the person who works here now: nobody finds what another one typed. */
export const DraftsContext = createContext<Drafts | undefined>(undefined);

export function useDrafts(): Drafts {
  const drafts = use(DraftsContext);
  if (!drafts) throw new Error("a form stands outside of anybody's desk");
  return drafts;
}

type Fields<F extends string> = Readonly<Record<F, string>>;
type OpenDraft<F extends string> = {
  readonly fields: Fields<F>;
  readonly change: (patch: Partial<Fields<F>>) => void;
  /** The id for one more try after this refusal: a new one where the old is taken by other contents. */
  readonly requestIdAfter: (trouble: Trouble | undefined) => string;
  readonly discard: () => void;
};

/**
 * The draft of a form, kept while another member is served.
 *
 * @param begin the fields of a new draft, a constant of the form
 */
export function useDraft<F extends string>(act: Act, memberId: string | undefined, begin: Fields<F>): OpenDraft<F> {
  const drafts = useDrafts();
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.open(act, memberId, begin));
  return {
    fields: draft.fields,
    change: (patch) => drafts.change(act, memberId, patch as Record<string, string>),
    requestIdAfter: (trouble) => (trouble?.code === "REQUEST_ID_REUSED" ? drafts.renew(act, memberId) : draft.requestId),
    discard: () => drafts.discard(act, memberId),
  };
}
