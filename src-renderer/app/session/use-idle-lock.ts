import { useEffect, useRef } from "react";
import { useStationEvents } from "../station/use-station-events.ts";
import { hasBeenIdle } from "./idle.ts";

const touches = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
const lookEveryMs = 5_000;

/** Calls when nobody has touched the counter for so many minutes. A swipe is a touch: somebody is being served. */
export function useIdleLock(minutes: number, onIdle: () => void): void {
  const lastTouchedMs = useRef(0);
  const newest = useRef({ minutes, onIdle });
  useEffect(() => {
    newest.current = { minutes, onIdle };
  });
  useStationEvents((event) => {
    if (event.type === "cardRead" || event.type === "cardRefused") lastTouchedMs.current = Date.now();
  });
  useEffect(() => {
    const touched = (): void => {
      lastTouchedMs.current = Date.now();
    };
    touched();
    for (const touch of touches) window.addEventListener(touch, touched, { capture: true, passive: true });
    const timer = setInterval(
      () => hasBeenIdle(lastTouchedMs.current, Date.now(), newest.current.minutes) && newest.current.onIdle(),
      lookEveryMs,
    );
    return () => {
      clearInterval(timer);
      for (const touch of touches) window.removeEventListener(touch, touched, { capture: true });
    };
  }, []);
}
