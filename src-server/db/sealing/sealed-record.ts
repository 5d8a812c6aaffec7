import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { personalFields } from "./personal-fields.ts";
import type { Seal } from "./seal.ts";
import { tagsOf } from "./tags.ts";

/** A record's contents as they lie in the database. */
type ClosedDoc = {
  /** What is not personal, for SQL. */
  readonly doc: JsonObject;
  /** The personal fields, null when there is nothing in them. */
  readonly sealed: Uint8Array | null;
  readonly tags: readonly string[] | null;
};

const placeOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `record/${kind}/${id}`;

export function closeDoc(seal: Seal, key: RecordKey, doc: JsonObject): ClosedDoc {
  const fields = personalFields[key.kind] ?? [];
  const isPersonal = ([field, value]: [string, unknown]): boolean => fields.includes(field) && value !== null;
  const entries = Object.entries(doc);
  const personal = entries.filter(isPersonal);
  return {
    doc: Object.fromEntries(entries.filter((entry) => !isPersonal(entry))),
    sealed: personal.length === 0 ? null : seal.close(placeOf(key), Buffer.from(JSON.stringify(Object.fromEntries(personal)))),
    tags: tagsOf(seal, key.kind, doc),
  };
}

/** @throws SealBroken */
export function openDoc<Doc extends JsonObject>(
  seal: Seal,
  key: Parameters<typeof placeOf>[0],
  { doc, sealed }: Pick<ClosedDoc, "doc" | "sealed">,
): Doc {
  if (sealed === null) return doc as Doc;
  const personal = JSON.parse(Buffer.from(seal.open(placeOf(key), sealed)).toString("utf8")) as JsonObject;
  return { ...doc, ...personal } as Doc;
}
