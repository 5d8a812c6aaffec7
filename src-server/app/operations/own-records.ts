import type { Ports } from "#server/app/ports/ports.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { openWork, type Work } from "./work.ts";

/**
 * Opens the work on records that head office alone writes: accounts, rules, plans, dictionaries. They have no lock of their own, so
 * whoever changes one holds head office's chain from before it is read: of two changes the later one sees the earlier.
 */
export async function openOwnRecords(
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  tx: Transaction,
  record: RecordKey,
  /** Whose lots are moved besides; the caller holds them already. */
  memberIds: readonly string[] = [],
): Promise<Work> {
  await tx.stations.lock(headOfficeReplica, identity.incarnation);
  return openWork(tx, machine, identity, { records: [record], memberIds });
}
