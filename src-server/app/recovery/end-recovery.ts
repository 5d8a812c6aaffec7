import { finishWork } from "#server/app/operations/finish-work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { openWork } from "#server/app/operations/work.ts";
import { booksWhole } from "#shared/domain/stations/put-back-ops.ts";

type Ending = { readonly opId?: string; /** Staff id. */ readonly by: string; readonly without: readonly number[] };

/** From now on rights are granted again. */
export async function endRecovery(
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  tx: Transaction,
  { opId, by, without }: Ending,
): Promise<void> {
  const { epoch } = await tx.recovery.state();
  await tx.recovery.end();
  const work = await openWork(tx, machine, identity, {});
  await work.own.write(booksWhole, { ...(opId !== undefined && { opId }), by, d: { epoch, without: [...without] } });
  await finishWork(work);
}

/** Nobody is left who could know more. @returns whether that has just come to be */
export async function endWhenAllWereHeard(ports: Pick<Ports, "machine" | "identity">, tx: Transaction): Promise<boolean> {
  const { epoch, recoveringSinceMs } = await tx.recovery.state();
  if (recoveringSinceMs === null || (await tx.recovery.awaited(epoch)).length > 0) return false;
  await endRecovery(ports, tx, { by: headOfficeItself, without: [] });
  return true;
}
