import { useEffect, useState } from "react";

/** The wall clock of this screen in milliseconds, renewed every `everyMs`. For showing only: the station decides what day it is. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
