import { finishWork } from "#server/app/operations/finish-work.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { newSalt } from "#server/app/salt.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { missedIdOf, missedRow, type ToldRow } from "#shared/domain/stations/missed-row.ts";
import { rowMissed } from "#shared/domain/stations/put-back-ops.ts";

/** Enters what a station has and head office has not, each row once, whoever else tells of it. */
export async function noteMissedRows(
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  tx: Transaction,
  replica: number,
  told: readonly ToldRow[],
): Promise<void> {
  const here = await tx.records.find(told.map(({ kind, id }) => ({ kind, id })));
  const versions = new Map(here.map(({ kind, id, ver }) => [`${kind}/${id}`, ver]));
  const missing = told.filter((row) => (versions.get(missedIdOf(row)) ?? 0) < row.ver);
  if (missing.length === 0) return;
  const records = missing.map((row) => ({ kind: "missedRow", id: missedIdOf(row) }) as const);
  // Two stations may tell of the same row at once.
  await tx.stations.lock(headOfficeReplica, identity.incarnation);
  const work = await openWork(tx, machine, identity, { records });
  for (const { name, ...row } of missing) {
    const known = work.books.records.find("missedRow", missedIdOf(row));
    if (known && missedRow.parse(known.doc).ver >= row.ver) continue;
    await work.own.write(rowMissed, {
      by: headOfficeItself,
      d: { ...row, replica },
      personal: { salt: newSalt(machine), name },
    });
  }
  await finishWork(work);
}
