import { useEffect, useRef } from "react";
import type { SwipeEvent } from "#shared/contracts/station.ts";

/** @returns whether the swipe is dealt with, so that the counter leaves it alone */
type Taker = (swipe: SwipeEvent) => boolean;

const takers: Taker[] = [];

/** Offers a swipe to the part of the screen that came last and waits for cards. Asked by the counter before it brings anybody up. */
export const isSwipeTaken = (swipe: SwipeEvent): boolean => takers.toReversed().some((take) => take(swipe));

/** Waits for cards for as long as the component is in sight: a screen that counts or hands out cards, where a swipe calls nobody up. */
export function useSwipes(take: Taker): void {
  const newest = useRef(take);
  useEffect(() => {
    newest.current = take;
  });
  useEffect(() => {
    const taker: Taker = (swipe) => newest.current(swipe);
    takers.push(taker);
    return () => {
      takers.splice(takers.indexOf(taker), 1);
    };
  }, []);
}
