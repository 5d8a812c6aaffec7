import { useEffect, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { Outcome } from "../../features/acts/outcome.ts";

/** How long the bar stands, in milliseconds; afterwards the journal still undoes until the business day ends. */
export const undoOfferMs = 8_000;

export type UndoOffer = { readonly requestId: string; readonly opId: string; readonly outcome: Outcome };

/** The offer to undo what was just done, which goes away by itself, or with the next act. */
export function useUndo(): {
  readonly offer: UndoOffer | undefined;
  readonly make: (outcome: Outcome) => void;
} {
  const [offer, setOffer] = useState<UndoOffer>();
  useEffect(() => {
    if (!offer) return;
    const timer = setTimeout(() => setOffer(undefined), undoOfferMs);
    return () => clearTimeout(timer);
  }, [offer]);
  return {
    offer,
    make: (outcome) => setOffer(outcome.undoableOpId === null ? undefined : { requestId: uuidv7(), opId: outcome.undoableOpId, outcome }),
  };
}
