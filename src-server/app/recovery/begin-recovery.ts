import { finishWork } from "#server/app/operations/finish-work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { openWork } from "#server/app/operations/work.ts";
import { booksPutBack } from "#shared/domain/stations/put-back-ops.ts";

const minuteMs = 60_000;

type Beginning = {
  readonly opId?: string;
  /** Staff id. */
  readonly by: string;
  /** The station that showed that these books once went further; null where a person says so. */
  readonly shownBy: number | null;
  /** An epoch that somebody has heard of. */
  readonly after?: number;
};

/**
 * Begins another epoch: stations hear of it at their next contact, go on as another life and say what they have. Until all have, points that
 * head office holds stay there: another counter may have been granted, and have spent, the same.
 *
 * @returns the epoch that counts now
 */
export async function beginRecovery(
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  tx: Transaction,
  { opId, by, shownBy, after = 0 }: Beginning,
): Promise<number> {
  const state = await tx.recovery.state();
  const nowMs = machine.clock.nowMs();
  // The copy does not know how often it was put back: counted on from the one in it, two of its lives would bear one number.
  const epoch = Math.max(state.epoch, after, Math.floor(nowMs / minuteMs)) + 1;
  const isFirst = await tx.recovery.begin(state, epoch, nowMs);
  if (!isFirst) return (await tx.recovery.state()).epoch;
  const work = await openWork(tx, machine, identity, {});
  await work.own.write(booksPutBack, { ...(opId !== undefined && { opId }), by, d: { epoch, shownBy } });
  await finishWork(work);
  machine.log("books put back", { epoch, shownBy: shownBy ?? 0 });
  return epoch;
}
