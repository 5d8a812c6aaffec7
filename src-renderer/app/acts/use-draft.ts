import { useSyncExternalStore } from "react";
import { uuidv7 } from "uuidv7";
import type { Trouble } from "../refusals/refusal-words.ts";
import { makeDrafts, type Act } from "./drafts.ts";

export const drafts = makeDrafts(uuidv7);

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
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.open(act, memberId, begin));
  return {
    fields: draft.fields,
    change: (patch) => drafts.change(act, memberId, patch as Record<string, string>),
    requestIdAfter: (trouble) => (trouble?.code === "REQUEST_ID_REUSED" ? drafts.renew(act, memberId) : draft.requestId),
    discard: () => drafts.discard(act, memberId),
  };
}
