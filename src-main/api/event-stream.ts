/**
 * Hands events to one listener at its own pace. A listener that falls behind loses the oldest status events first, never a card read:
 * the queue is bounded, and a screen that slept asks for everything again anyway.
 */
export async function* eventStream<T extends { readonly type: string }>(
  subscribe: (listener: (event: T) => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  const queue: T[] = [];
  let wake = (): void => {};
  const unsubscribe = subscribe((event) => {
    if (event.type === "status") {
      const older = queue.findIndex(({ type }) => type === "status");
      if (older >= 0) queue.splice(older, 1);
    }
    if (queue.length >= queueMax) queue.shift();
    queue.push(event);
    wake();
  });
  const aborted = (): void => wake();
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

const queueMax = 200;
