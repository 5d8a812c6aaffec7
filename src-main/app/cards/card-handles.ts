import type { Clock } from "#main/app/ports/clock.ts";
import type { Random } from "#main/app/ports/random.ts";

const livesMs = 10 * 60 * 1000;
const handlesMax = 50;

/** A swiped number that is not bound yet stays in main; the screen gets a handle for it, good for ten minutes. */
export type CardHandles = {
  /** A number that is kept already keeps its handle, for ten minutes from now: whoever asks again and again pushes nobody else's out. */
  readonly keep: (cardNumber: string) => string;
  readonly numberOf: (handle: string) => string | undefined;
};

export function makeCardHandles({ clock, random }: { readonly clock: Clock; readonly random: Random }): CardHandles {
  const kept = new Map<string, { readonly cardNumber: string; readonly atMs: number }>();
  return {
    keep: (cardNumber) => {
      const [before] = [...kept].find(([, card]) => card.cardNumber === cardNumber) ?? [];
      const leaves = before ?? (kept.size >= handlesMax ? kept.keys().next().value : undefined);
      if (leaves !== undefined) kept.delete(leaves);
      const handle = before ?? random.uuid();
      kept.set(handle, { cardNumber, atMs: clock.wallMs() });
      return handle;
    },
    numberOf: (handle) => {
      const found = kept.get(handle);
      return found && Math.abs(clock.wallMs() - found.atMs) <= livesMs ? found.cardNumber : undefined;
    },
  };
}
