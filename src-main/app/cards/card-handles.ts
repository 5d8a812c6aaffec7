import type { Clock } from "#main/app/ports/clock.ts";
import type { Random } from "#main/app/ports/random.ts";

const livesMs = 10 * 60 * 1000;
const handlesMax = 50;

/** A swiped number that is not bound yet stays in main; the screen gets a handle for it, good for ten minutes. */
export type CardHandles = {
  readonly keep: (cardNumber: string) => string;
  readonly numberOf: (handle: string) => string | undefined;
};

export function makeCardHandles({ clock, random }: { readonly clock: Clock; readonly random: Random }): CardHandles {
  const kept = new Map<string, { readonly cardNumber: string; readonly atMs: number }>();
  return {
    keep: (cardNumber) => {
      const oldest = kept.size >= handlesMax ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      const handle = random.uuid();
      kept.set(handle, { cardNumber, atMs: clock.wallMs() });
      return handle;
    },
    numberOf: (handle) => {
      const found = kept.get(handle);
      return found && Math.abs(clock.wallMs() - found.atMs) <= livesMs ? found.cardNumber : undefined;
    },
  };
}
