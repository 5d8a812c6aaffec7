import { useEffect, useRef } from "react";
import type { SwipeEvent } from "#shared/contracts/station.ts";
import { station } from "../client.ts";

/** Asks, whenever the counter comes into sight, for the card that was swiped while it was locked: its member stands there. */
export function useHeldSwipe(onSwipe: (event: SwipeEvent) => void): void {
  const newest = useRef(onSwipe);
  useEffect(() => {
    newest.current = onSwipe;
  });
  useEffect(() => {
    void station.session
      .heldSwipe()
      .then((held) => held && newest.current(held))
      // Whoever cannot be asked has nothing to tell; the member swipes again.
      .catch(() => undefined);
  }, []);
}
