import type { StationEvent } from "#shared/contracts/station.ts";

const queueMax = 200;

/** Events that only say "ask again" replace their like; a swipe stands for itself. @returns undefined for a swipe */
function replacesLike(event: StationEvent): string | undefined {
  if (event.type === "cardRead" || event.type === "cardRefused") return undefined;
  return event.type === "memberChanged" ? `${event.type} ${event.memberId}` : event.type;
}

/**
 * Hands events to one listener at its own pace. A listener that falls behind loses what it would ask for again anyway, the oldest
 * first; a swipe is lost only to two hundred later ones.
 */
export async function* eventStream(
  subscribe: (listener: (event: StationEvent) => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<StationEvent, void, void> {
  const queue: StationEvent[] = [];
  let wake = (): void => {};
  const unsubscribe = subscribe((event) => {
    const like = replacesLike(event);
    const older = like === undefined ? -1 : queue.findIndex((each) => replacesLike(each) === like);
    if (older >= 0) queue.splice(older, 1);
    else if (queue.length >= queueMax)
      queue.splice(
        Math.max(
          0,
          queue.findIndex((each) => replacesLike(each) !== undefined),
        ),
        1,
      );
    queue.push(event);
    wake();
  });
  // At once, not when the caller reads on: one that broke off never will.
  const aborted = (): void => {
    unsubscribe();
    wake();
  };
  signal?.addEventListener("abort", aborted);
  try {
    while (!signal?.aborted) {
      const event = queue.shift();
      if (event) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener("abort", aborted);
    unsubscribe();
  }
}
