import { EventEmitter, once } from "node:events";
import type { Notifier } from "#server/app/ports/ports.ts";

/** Wakes the readers of this process. Readers of another one look at the stream heads by themselves. */
export function makeNotifier(): Notifier {
  const bell = new EventEmitter();
  // One listener a waiting station.
  bell.setMaxListeners(0);
  return {
    published: () => void bell.emit("published"),
    async next(timeoutMs, aborted) {
      const signal = AbortSignal.any([aborted, AbortSignal.timeout(timeoutMs)]);
      await once(bell, "published", { signal }).catch((cause: unknown) => {
        if (!signal.aborted) throw cause;
      });
    },
  };
}
