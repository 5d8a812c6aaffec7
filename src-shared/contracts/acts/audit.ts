import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { instantMs } from "../common.ts";
import { declareAct } from "./act-type.ts";

const auditLine = z.strictObject({
  /** Place in head office's own log; the next page begins below the last one. */
  seq: z.int().positive(),
  opId: z.string(),
  atMs: instantMs,
  /** The operation's type. */
  type: z.string(),
  /** Null for whoever works at head office's own computer, without an account. */
  by: z.string().nullable(),
  /** What it was about, by the name that it has for people; null where only its id is known. */
  about: z.union([z.string(), localName]).nullable(),
  /** What changed: the operation's own fields, without personal data. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditLine = z.infer<typeof auditLine>;

/** Who did what at head office, newest first: the operations themselves, since nobody writes a log beside them (C-49). */
export const listAuditAct = declareAct({
  type: "audit.list",
  permission: "audit.read",
  isQuestion: true,
  input: z.strictObject({ belowSeq: z.int().positive().optional() }),
  reply: z.strictObject({ lines: z.array(auditLine), hasMore: z.boolean() }),
  refusals: {},
});
