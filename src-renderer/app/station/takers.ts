import { useEffect, useRef } from "react";

/** @returns whether the event is dealt with, so that nobody else does anything about it */
type Taker<Event> = (event: Event) => boolean;

/** Those parts of the screen that wait for one kind of event: the one that came last is asked first. */
export function makeTakers<Event>() {
  const takers: Taker<Event>[] = [];
  return {
    isTaken: (event: Event): boolean => takers.toReversed().some((take) => take(event)),
    /** Waits for as long as the component is in sight. */
    useTaker: (take: Taker<Event>): void => {
      const newest = useRef(take);
      useEffect(() => {
        newest.current = take;
      });
      useEffect(() => {
        const taker: Taker<Event> = (event) => newest.current(event);
        takers.push(taker);
        return () => {
          takers.splice(takers.indexOf(taker), 1);
        };
      }, []);
    },
  };
}
