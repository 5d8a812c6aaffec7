import { useEffect, useRef } from "react";
import type { StationEvent } from "#shared/contracts/station.ts";
import { station } from "../client.ts";

type Listener = (event: StationEvent) => void;

/** Before the stream is asked for again after it ended, in milliseconds. */
const pauseMs = 500;
const listeners = new Set<Listener>();
let listening: AbortController | undefined;

/** One stream for the page, however many parts of it listen; one that breaks is taken up again. */
async function listen(ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    try {
      for await (const event of await station.station.watch(undefined, { signal: ended })) {
        for (const listener of listeners) listener(event);
      }
    } catch {
      // The channel closed: the shell shows it, the next one is waited for inside the call.
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pauseMs);
    });
  }
}

/** Hears what the station reports unasked, for as long as the component is shown. */
export function useStationEvents(onEvent: Listener): void {
  const newest = useRef(onEvent);
  useEffect(() => {
    newest.current = onEvent;
  });
  useEffect(() => {
    const listener: Listener = (event) => newest.current(event);
    listeners.add(listener);
    if (!listening) {
      listening = new AbortController();
      void listen(listening.signal);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      listening?.abort();
      listening = undefined;
    };
  }, []);
}
