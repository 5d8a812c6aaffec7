import type { StationEvent } from "#shared/contracts/station.ts";
import { CommandFailure, exitCodes } from "../command-failure.ts";

export type CardEvent = Extract<StationEvent, { type: "cardRead" | "cardRefused" }>;

const patienceMs = 10_000;

/** Takes the card events out of what a station tells its screens, one for each that asks. */
export function watchCards(events: AsyncIterable<StationEvent>): { readonly next: () => Promise<CardEvent> } {
  const waiting: ((event: CardEvent) => void)[] = [];
  const unasked: CardEvent[] = [];
  const isCard = (event: StationEvent): event is CardEvent => event.type === "cardRead" || event.type === "cardRefused";

  async function listen(): Promise<void> {
    for await (const event of events) {
      if (!isCard(event)) continue;
      const ask = waiting.shift();
      if (ask) ask(event);
      else unasked.push(event);
    }
  }
  // A station that ends has nothing more to tell; whoever waits for a card runs out of patience.
  void listen().catch(() => undefined);

  return {
    next: async () => {
      const early = unasked.shift();
      if (early) return early;
      const { promise, resolve, reject } = Promise.withResolvers<CardEvent>();
      const timer = setTimeout(
        () => reject(new CommandFailure(exitCodes.failed, "DEMO_PART_FAILED", "A swipe had no effect.")),
        patienceMs,
      );
      waiting.push(resolve);
      return promise.finally(() => clearTimeout(timer));
    },
  };
}
