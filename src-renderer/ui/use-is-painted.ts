import { useEffect, useState } from "react";

/**
 * Whether a frame has been painted since this value came: what is dear to draw waits for it, so as not to hold up the rest.
 *
 * @param value compared by identity; `undefined` counts as painted from the start
 */
export function useIsPainted(value: unknown): boolean {
  const [painted, setPainted] = useState<unknown>();
  useEffect(() => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => setPainted(value));
    port1.start();
    // Sent while a frame is being made, a message arrives when it is painted.
    const frame = requestAnimationFrame(() => port2.postMessage(undefined));
    return () => {
      cancelAnimationFrame(frame);
      port1.close();
    };
  }, [value]);
  return painted === value;
}
