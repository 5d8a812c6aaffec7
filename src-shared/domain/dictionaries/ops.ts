import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { dictionaryKinds, type DictionaryEntry } from "./kinds.ts";

/** A choice as it stands in both databases and travels in the feed. */
export const dictionaryEntry = z.strictObject({
  kind: z.enum(dictionaryKinds),
  code: z.string().min(1).max(64),
  name: localName,
  position: z.int().nonnegative(),
  isActive: z.boolean(),
}) satisfies z.ZodType<DictionaryEntry>;

/** Adds, renames, moves or retires a choice. None is ever deleted: operations carry its code for good. */
export const dictionarySet = declareOperation({
  type: "dictionary.set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: dictionaryEntry,
  entity: (d) => ({ kind: "dictionaryEntry", id: `${d.kind}/${d.code}` }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "dictionaryEntry", id: `${d.kind}/${d.code}`, fields: { ...d } }],
});
