import { z } from "zod";
import { dictionaryEntry } from "#shared/domain/dictionaries/ops.ts";
import { requestId } from "../common.ts";
import { refusals } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const words = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1).max(60));

/** Adds a choice to a list of the screens, or renames, moves or retires one (Z-06). */
export const setDictionaryAct = declareAct({
  type: "dictionary.set",
  permission: "dictionary.manage",
  input: z.strictObject({
    requestId,
    kind: dictionaryEntry.shape.kind,
    /** Null for a new choice. */
    code: dictionaryEntry.shape.code.nullable(),
    name: z.strictObject({ "zh-CN": words, "en-US": words }),
    position: z.int().nonnegative().max(1_000_000),
    isActive: z.boolean(),
  }),
  reply: dictionaryEntry,
  refusals: refusals("ENTRY_NOT_FOUND", "ENTRY_NAME_TAKEN", "LAST_ENTRY"),
});
