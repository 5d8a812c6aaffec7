import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import { identityFields } from "#shared/domain/members/member.ts";
import { sameJson, type JsonObject } from "#shared/std/json.ts";
import { pushTo, setIn, type Journal } from "./journal.ts";

/** Clock and author of an edit; sorts as edits are ordered. */
export type EditClock = { readonly effHlc: string; readonly replica: number };

/** The records that a transaction reads and changes, in memory until it is saved. */
export type RecordShelf = {
  readonly find: (kind: RecordKey["kind"], id: string) => StoredRecord | undefined;
  readonly ofKind: (kind: RecordKey["kind"]) => readonly StoredRecord[];
  /** Puts records there that were read since, as far as they are not known yet. */
  readonly bring: (stored: readonly StoredRecord[]) => void;
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
const stateMachines: ReadonlySet<string> = new Set(["request", "proposal", "review", "hold", "recall"]);
/** Who somebody is, is judged in the same way: by what the author had seen. */
const isJudged = (kind: string, field: string): boolean => stateMachines.has(kind) || (kind === "member" && identityFields.has(field));

const hlcLength = 16;
const later = (a: string, b: string): string => (b > a ? b : a);
/** As text that sorts as edits are ordered. */
export const clockText = ({ effHlc, replica }: EditClock): string => `${effHlc}/${String(replica).padStart(10, "0")}`;

type Shelf = Map<string, StoredRecord>;

export function makeRecordShelf(stored: readonly StoredRecord[], journal: Journal): RecordShelf {
  // By kind and then by id: whoever looks for a record makes no name for it.
  const before = new Map<RecordKey["kind"], Shelf>();
  const shelves = new Map<RecordKey["kind"], Shelf>();
  const shelfOf = (all: Map<RecordKey["kind"], Shelf>, kind: RecordKey["kind"]): Shelf => {
    const known = all.get(kind);
    if (known) return known;
    const none: Shelf = new Map();
    all.set(kind, none);
    return none;
  };
  let latest = "";
  function bring(records: readonly StoredRecord[]): void {
    for (const record of records) {
      if (shelves.get(record.kind)?.has(record.id)) continue;
      shelfOf(before, record.kind).set(record.id, record);
      shelfOf(shelves, record.kind).set(record.id, record);
      for (const field in record.fieldClock) latest = later(latest, record.fieldClock[field] ?? "");
    }
  }
  bring(stored);
  const memberIdByNumber = new Map(stored.flatMap((record) => (record.kind === "member" ? [[numberOf(record.doc), record.id]] : [])));
  const changed: RecordKey[] = [];

  const find = (kind: RecordKey["kind"], id: string): StoredRecord | undefined => shelves.get(kind)?.get(id);
  const findBefore = ({ kind, id }: RecordKey): StoredRecord | undefined => before.get(kind)?.get(id);
  const hasChanged = ({ kind, id }: RecordKey): boolean => find(kind, id) !== findBefore({ kind, id });

  function put(key: RecordKey, doc: JsonObject, fieldClock: StoredRecord["fieldClock"]): void {
    const { kind, id } = key;
    const shown = find(kind, id);
    if (shown && sameJson(shown.doc, doc)) return;
    if (!hasChanged(key)) pushTo(journal, changed, { kind, id });
    // One version per transaction, however many operations of it touch the record.
    const ver = (findBefore(key)?.ver ?? 0) + 1;
    setIn(journal, shelfOf(shelves, kind), id, { kind, id, doc, fieldClock, ver });
    if (!shown && kind === "member") setIn(journal, memberIdByNumber, numberOf(doc), id);
  }

  return {
    find,
    bring,
    memberNumbered: (memberNumber) => find("member", memberIdByNumber.get(memberNumber) ?? ""),
    ofKind: (kind) => [...(shelves.get(kind)?.values() ?? [])],
    merge(key, fields, edit) {
      const shown = find(key.kind, key.id);
      const written = clockText(edit);
      const clockOf = (field: string): string => shown?.fieldClock[field] ?? "";
      const newer = Object.entries(fields).flatMap(([field, value]) => {
        const clock = isJudged(key.kind, field) ? later(written, clockOf(field)) : written;
        latest = later(latest, clock);
        return clock >= clockOf(field) ? [{ field, value, clock }] : [];
      });
      put(
        key,
        { ...shown?.doc, ...Object.fromEntries(newer.map(({ field, value }) => [field, value])) },
        { ...shown?.fieldClock, ...Object.fromEntries(newer.map(({ field, clock }) => [field, clock])) },
      );
    },
    replace: (key, doc) => put(key, doc, {}),
    before: findBefore,
    hasChanged,
    changed: () => changed.flatMap(({ kind, id }) => find(kind, id) ?? []),
    latestClock: () => latest.slice(0, hlcLength),
  };
}

const numberOf = (member: JsonObject): string | undefined =>
  typeof member["memberNumber"] === "string" ? member["memberNumber"] : undefined;
