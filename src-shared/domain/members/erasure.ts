import { z } from "zod";
import type { JsonObject } from "#shared/std/json.ts";

const date = z.iso.date();

/**
 * A person is to be forgotten, as the record stands at head office. Only one that is `done` travels: every station gets it, and takes what
 * it still has of the person out of its own files.
 */
export const erasureRecord = z.strictObject({
  memberId: z.string(),
  state: z.enum(["asked", "withdrawn", "done"]),
  /** Staff ids: two persons, the one who asked and the one who did it. */
  askedBy: z.string(),
  askedOn: date,
  doneBy: z.string().nullable(),
  doneOn: date.nullable(),
  /** Head office's, over `erasureBytes`: a head office that was put back from a copy believes it, and forgets the person once more. */
  signature: z.base64().nullable(),
});
export type ErasureRecord = z.infer<typeof erasureRecord>;

/** Rows that name a person, lead to one, or hold what was said about one; and what of each is left of somebody who was erased. */
const blanks = {
  member: { state: "frozen", name: "", phones: [], birthday: null, address: "" },
  directory: { state: "frozen", nameMasked: "", phone: null },
  review: { proposed: {}, current: {}, reason: null, late: [] },
  proposal: { reason: null },
  request: { reason: null, answer: null },
  verdict: { reason: null },
} as const satisfies Readonly<Record<string, JsonObject>>;

export type PersonalKind = keyof typeof blanks;
export const personalKinds = Object.keys(blanks) as readonly PersonalKind[];
export const isPersonalKind = (kind: string): kind is PersonalKind => Object.hasOwn(blanks, kind);

/** What the fields of such a row become. */
export const blankOf = (kind: PersonalKind): JsonObject => blanks[kind];
