import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { staffRecord } from "#shared/domain/staff/staff.ts";

/** What people are called, by their staff id; an author that is no person, such as head office itself, is not among them. */
export async function namesOfStaff(tx: Transaction, staffIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(staffIds)].map((id): RecordKey => ({ kind: "staff", id }));
  const people = (await tx.records.find(keys)).map(({ doc }) => staffRecord.parse(doc));
  return new Map(people.map(({ staffId, displayName }) => [staffId, displayName]));
}
