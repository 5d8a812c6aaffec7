import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import { identityFields } from "#shared/domain/members/member.ts";
import { sameJson, type JsonObject } from "#shared/std/json.ts";
import { setIn, type Journal } from "./journal.ts";

/** Clock and author of an edit; sorts as edits are ordered. */
export type EditClock = { readonly effHlc: string; readonly replica: number };

/** The records that a transaction reads and changes, in memory until it is saved. */
export type RecordShelf = {
  readonly find: (kind: RecordKey["kind"], id: string) => StoredRecord | undefined;
  readonly ofKind: (kind: RecordKey["kind"]) => readonly StoredRecord[];
  /** The member who has this number. */
  readonly memberNumbered: (memberNumber: string) => StoredRecord | undefined;
  /** Merges a patch: for each field the later edit stays. */
  readonly merge: (key: RecordKey, fields: JsonObject, edit: EditClock) => void;
  /** Puts a document that is made from other facts in the place of the one before. */
  readonly replace: (key: RecordKey, doc: JsonObject) => void;
  readonly changed: () => readonly StoredRecord[];
  readonly hasChanged: (key: RecordKey) => boolean;
  /** A record as it was before this transaction; undefined when it is new. */
  readonly before: (key: RecordKey) => StoredRecord | undefined;
  /** No edit seen here is later than this. */
  readonly latestClock: () => string;
};

/**
 * What moves from state to state in the order in which head office hears of it: each step was judged against the state before, and a clock
 * that was behind when somebody answered must not undo the answer.
 */
const stateMachines: ReadonlySet<string> = new Set(["request", "proposal", "review"]);
/** Who somebody is, is judged in the same way: by what the author had seen. */
const isJudged = (kind: string, field: string): boolean => stateMachines.has(kind) || (kind === "member" && identityFields.has(field));

const keyOf = ({ kind, id }: RecordKey): string => `${kind}/${id}`;
const hlcLength = 16;
const later = (a: string, b: string): string => (b > a ? b : a);
/** As text that sorts as edits are ordered. */
export const clockText = ({ effHlc, replica }: EditClock): string => `${effHlc}/${String(replica).padStart(10, "0")}`;

export function makeRecordShelf(stored: readonly StoredRecord[], journal: Journal): RecordShelf {
  const storedRecords = new Map(stored.map((record) => [keyOf(record), record]));
  const records = new Map(stored.map((record) => [keyOf(record), record]));
  const idsOfKind = new Map<RecordKey["kind"], Set<string>>();
  for (const [id, { kind }] of records) shelve(kind, id);
  const numberOf = ({ kind, doc }: { readonly kind: string; readonly doc: JsonObject }): string | undefined =>
    kind === "member" && typeof doc.memberNumber === "string" ? doc.memberNumber : undefined;
  const memberIdByNumber = new Map(stored.map((record) => [numberOf(record), record.id]));
  const changed = new Set<string>();
  let latest = stored.flatMap(({ fieldClock }) => Object.values(fieldClock)).reduce(later, "");

  function shelve(kind: RecordKey["kind"], id: string): Set<string> {
    const ids = idsOfKind.get(kind) ?? new Set();
    idsOfKind.set(kind, ids);
    return ids.add(id);
  }

  function put(key: RecordKey, doc: JsonObject, fieldClock: StoredRecord["fieldClock"]): void {
    const id = keyOf(key);
    const before = records.get(id);
    if (before && sameJson(before.doc, doc)) return;
    // One version per transaction, however many operations of it touch the record.
    const ver = (storedRecords.get(id)?.ver ?? 0) + 1;
    setIn(journal, records, id, { kind: key.kind, id: key.id, doc, fieldClock, ver });
    if (!before) {
      const ids = shelve(key.kind, id);
      journal.did(() => ids.delete(id));
      setIn(journal, memberIdByNumber, numberOf({ kind: key.kind, doc }), key.id);
    }
    if (!changed.has(id)) {
      changed.add(id);
      journal.did(() => changed.delete(id));
    }
  }

  return {
    find: (kind, id) => records.get(keyOf({ kind, id })),
    memberNumbered: (memberNumber) => records.get(`member/${memberIdByNumber.get(memberNumber) ?? ""}`),
    ofKind: (kind) => [...(idsOfKind.get(kind) ?? [])].flatMap((id) => records.get(id) ?? []),
    merge(key, fields, edit) {
      const before = records.get(keyOf(key));
      const written = clockText(edit);
      const clockOf = (field: string): string => before?.fieldClock[field] ?? "";
      const newer = Object.entries(fields).flatMap(([field, value]) => {
        const clock = isJudged(key.kind, field) ? later(written, clockOf(field)) : written;
        latest = later(latest, clock);
        return clock >= clockOf(field) ? [{ field, value, clock }] : [];
      });
      put(
        key,
        { ...before?.doc, ...Object.fromEntries(newer.map(({ field, value }) => [field, value])) },
        { ...before?.fieldClock, ...Object.fromEntries(newer.map(({ field, clock }) => [field, clock])) },
      );
    },
    replace: (key, doc) => put(key, doc, {}),
    before: (key) => storedRecords.get(keyOf(key)),
    hasChanged: (key) => changed.has(keyOf(key)),
    changed: () => [...changed].flatMap((id) => records.get(id) ?? []),
    latestClock: () => latest.slice(0, hlcLength),
  };
}
