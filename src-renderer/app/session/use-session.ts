import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import type { OperatorView } from "#shared/contracts/common.ts";
import { makeDrafts } from "../acts/drafts.ts";
import { queries, station } from "../client.ts";
import { withDesk, type Desk } from "./desks.ts";

/** A lock that did not arrive is sent again: the screen is locked already, the station has to be. */
const lockTries = 3;

type Session = {
  /** Who works here now; undefined while nobody does. */
  readonly operator: OperatorView | undefined;
  /** Who left the counter and may come back. */
  readonly lockedBy: OperatorView | undefined;
  readonly desks: readonly Desk[];
  readonly signedIn: (operator: OperatorView) => void;
  /** Hides everything at once and keeps it; the station does nothing more for this page until somebody signs in. */
  readonly lock: () => void;
  /** Leaves for good and clears the desk. */
  readonly signOut: () => void;
};

/** Who works at this counter, and what each of them left on their desk. */
export function useSession(isReady: boolean): Session {
  const client = useQueryClient();
  const current = useQuery(queries.session.current.queryOptions({ enabled: isReady }));
  const [desks, setDesks] = useState<readonly Desk[]>([]);
  const [away, setAway] = useState<{ readonly lockedBy: OperatorView | undefined }>();
  // Gone at once: an answer that was on its way when somebody left does not bring them back.
  const operator = away ? undefined : (current.data ?? undefined);
  // During rendering, so that nobody sees an empty counter for a moment; it happens once for each person and change of their rights.
  if (operator && !desks.some((desk) => desk.operator === operator)) setDesks(withDesk(desks, operator, () => makeDrafts(uuidv7)));

  const becomes = (next: OperatorView | null): void => {
    client.setQueryData(queries.session.current.queryKey(), next);
  };
  const locking = useMutation({ mutationFn: () => station.session.lock(), retry: lockTries });
  const leaving = useMutation({
    mutationFn: () => station.session.signOut(),
    onSettled: () => {
      // Nothing of a member stays in the page for whoever comes next.
      client.removeQueries({ queryKey: queries.members.key() });
      client.removeQueries({ queryKey: queries.points.key() });
    },
  });

  return {
    operator,
    lockedBy: away?.lockedBy,
    desks,
    signedIn: (next) => {
      setAway(undefined);
      becomes(next);
      // What changed while the desk was out of sight was not heard there.
      void client.invalidateQueries();
    },
    lock: () => {
      if (!operator) return;
      setAway({ lockedBy: operator });
      becomes(null);
      locking.mutate();
    },
    signOut: () => {
      if (!operator) return;
      setAway({ lockedBy: undefined });
      setDesks((now) => now.filter((desk) => desk.operator.staffId !== operator.staffId));
      becomes(null);
      leaving.mutate();
    },
  };
}
