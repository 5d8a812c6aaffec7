import type { Channel } from "./channel.ts";

type ConnectionState = "connecting" | "open" | "lost" | "noAddress";

export type Connection = {
  readonly state: () => ConnectionState;
  /** @returns a function that ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /** Waits for the channel that is open now or opens next. */
  readonly channel: () => Promise<Channel>;
};

/** Half a second at first, doubling to 8 s: a station that restarts is met soon, one that is gone is not hammered. */
export const delayBeforeTryMs = (failedTries: number): number => Math.min(8_000, 500 * 2 ** Math.max(0, failedTries - 1));

/**
 * Holds one channel to the station and opens the next when it closes, for as long as the page lives.
 *
 * @param open opens a channel, or undefined when the page holds no address of a station
 * @param sleep waits that many milliseconds
 */
export function keepConnected(open: (() => Promise<Channel>) | undefined, sleep: (ms: number) => Promise<void>): Connection {
  const listeners = new Set<() => void>();
  let state: ConnectionState = open ? "connecting" : "noAddress";
  let next = Promise.withResolvers<Channel>();

  const become = (changed: ConnectionState): void => {
    state = changed;
    for (const listener of listeners) listener();
  };

  const run = async (openNext: () => Promise<Channel>): Promise<never> => {
    let failedTries = 0;
    for (;;) {
      try {
        const channel = await openNext();
        failedTries = 0;
        next.resolve(channel);
        become("open");
        await channel.closed;
        next = Promise.withResolvers();
      } catch {
        // Refused or nobody there: the same to the clerk, who sees "connecting" and needs to do nothing.
        failedTries += 1;
      }
      become("lost");
      await sleep(delayBeforeTryMs(failedTries));
    }
  };
  if (open) void run(open);

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    channel: () => next.promise,
  };
}
