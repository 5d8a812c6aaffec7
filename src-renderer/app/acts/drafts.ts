/** What one form holds before it is sent. The request id is the intent's: it stays through retries, so that a retry is never a second act. */
type Draft = { readonly requestId: string; readonly fields: Readonly<Record<string, string>> };

type CounterAct = "award" | "redeem" | "issue" | "block" | "change" | "void" | "newMember" | "request" | "hold";
/** What is done from the screens beside the counter; the thing that is changed stands in the member's place. */
type OfficeAct =
  | "account"
  | "newAccount"
  | "rule"
  | "plan"
  | "tiers"
  | "dictionaryEntry"
  | "cardRange"
  | "period"
  | "gift"
  | "pool"
  | "poolMember";
export type Act = CounterAct | OfficeAct;

export type Drafts = {
  /** The draft of this act for this member, begun with the given fields when there is none. */
  readonly open: (act: Act, memberId: string | undefined, begin: Readonly<Record<string, string>>) => Draft;
  readonly change: (act: Act, memberId: string | undefined, patch: Readonly<Record<string, string>>) => void;
  /** The same fields as a new intent, for a request id that turned out to be taken. @returns the new id */
  readonly renew: (act: Act, memberId: string | undefined) => string;
  /** Forgets it: the act is done, or the operator wants another one. */
  readonly discard: (act: Act, memberId: string | undefined) => void;
  /** Whether anything was typed for this member that a swipe of another card would otherwise lose. */
  readonly hasUnfinished: (memberId: string) => boolean;
  readonly subscribe: (listener: () => void) => () => void;
};

/** Keeps half-filled forms per act and member for as long as the page lives; nothing of them is stored on disk. */
export function makeDrafts(newRequestId: () => string): Drafts {
  type Kept = { draft: Draft; memberId: string | undefined; isTouched: boolean };
  const kept = new Map<string, Kept>();
  const listeners = new Set<() => void>();
  const keyOf = (act: Act, memberId: string | undefined): string => `${act}:${memberId ?? ""}`;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    open: (act, memberId, begin) => {
      const key = keyOf(act, memberId);
      const known = kept.get(key);
      if (known) return known.draft;
      const draft = { requestId: newRequestId(), fields: begin };
      kept.set(key, { draft, memberId, isTouched: false });
      return draft;
    },
    change: (act, memberId, patch) => {
      const known = kept.get(keyOf(act, memberId));
      if (!known) return;
      known.draft = { ...known.draft, fields: { ...known.draft.fields, ...patch } };
      known.isTouched = true;
      tell();
    },
    renew: (act, memberId) => {
      const requestId = newRequestId();
      const known = kept.get(keyOf(act, memberId));
      if (known) known.draft = { ...known.draft, requestId };
      tell();
      return requestId;
    },
    discard: (act, memberId) => {
      if (kept.delete(keyOf(act, memberId))) tell();
    },
    hasUnfinished: (memberId) => [...kept.values()].some((entry) => entry.memberId === memberId && entry.isTouched),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
