import { useEffect, useRef } from "react";
import type { StationEvent } from "#shared/contracts/station.ts";
import { station } from "../client.ts";

/** Before the stream is asked for again after it ended, in milliseconds. */
const pauseMs = 500;

/** Hears what the station reports unasked, for as long as the screen is shown; a stream that breaks is taken up again. */
export function useStationEvents(onEvent: (event: StationEvent) => void): void {
  const newest = useRef(onEvent);
  useEffect(() => {
    newest.current = onEvent;
  });
  useEffect(() => {
    const ended = new AbortController();
    const listen = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        try {
          for await (const event of await station.station.watch(undefined, { signal: ended.signal })) newest.current(event);
        } catch {
          // The channel closed, or nobody is signed in any more: the shell shows which, and this simply tries again.
        }
        await new Promise((resolve) => {
          setTimeout(resolve, pauseMs);
        });
      }
    };
    void listen();
    return () => ended.abort();
  }, []);
}
