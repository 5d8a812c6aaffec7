import type { Ports } from "#server/app/ports/ports.ts";

/** A station that was away for longer reads its streams again. */
const deletionsKeptMs = 400 * 24 * 60 * 60 * 1000;

/**
 * Forgets deletions that every station has heard of, or will not hear of in this way any more: without an end to them the feed would keep the name
 * of everything that ever was.
 */
export async function clearDeletions({ store, machine }: Ports): Promise<void> {
  const cleared = await store.write((tx) => tx.feed.clearDeletions(machine.clock.nowMs() - deletionsKeptMs));
  if (cleared > 0) machine.log("deletions cleared", { deletions: cleared });
}
