import type { RecordKey } from "#server/app/ports/record-store.ts";

/**
 * The fields of a record that name a person, lead to one, or were said by one. They are sealed; all others stay plain for SQL.
 *
 * The surname and the last digits that the directory tells every counter are among them: together with a branch they say much.
 */
export const personalFields: Readonly<Partial<Record<RecordKey["kind"], readonly string[]>>> = {
  member: ["name", "phones", "birthday", "address"],
  directory: ["nameMasked", "phone"],
  staff: ["userName", "displayName", "verifier", "card", "pin"],
  proposal: ["reason"],
  request: ["reason", "answer"],
  verdict: ["reason"],
  keptPurchase: ["reason"],
  missedRow: ["name"],
  // A household is called by the name of those who live there.
  pool: ["name"],
  review: ["proposed", "current", "reason", "late"],
};
