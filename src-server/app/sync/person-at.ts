import type { Station } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { staffRecord, type StaffRecord } from "#shared/domain/staff/staff.ts";

/**
 * The person whom a station names, as head office knows them.
 *
 * @returns undefined for one who is switched off, or of another branch: nobody signs in at its stations, so nobody asks from there
 */
export async function personAt(tx: Transaction, station: Station, staffId: string): Promise<StaffRecord | undefined> {
  const [record] = await tx.records.find([{ kind: "staff", id: staffId }]);
  const person = record && staffRecord.parse(record.doc);
  const mayBeThere = person && (person.branchId === null || person.branchId === station.branchId);
  return mayBeThere && person.isActive ? person : undefined;
}
