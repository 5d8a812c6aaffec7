import { z } from "zod";

/** Rows that come of what people did at head office, and of nothing that a station sends again when head office was put back from a copy. */
export const missedKinds = [
  "branch",
  "staff",
  "rule",
  "plan",
  "gift",
  "cardKind",
  "cardRange",
  "dictionaryEntry",
  "alias",
  "proposal",
] as const;
export type MissedKind = (typeof missedKinds)[number];

/** A row as a station had it: enough to know again what was done, and nothing of what it says about people but a name of staff. */
export const toldRow = z.strictObject({
  kind: z.enum(missedKinds),
  id: z.string().max(128),
  /** The version that the station had. */
  ver: z.int().positive(),
  /** What people call it, in whatever languages it is called. */
  name: z.string().max(400),
});
export type ToldRow = z.infer<typeof toldRow>;

/**
 * Something that was done at head office after the copy that it was put back from: a station has the row that came of it, and head office has
 * not. Somebody does it once more, or says that it is not needed.
 */
export const missedRow = toldRow.extend({
  /** The station that told of it first. */
  toldBy: z.int().positive(),
  toldAtMs: z.int(),
  state: z.enum(["open", "closed"]),
  /** Staff id of whoever closed it. */
  closedBy: z.string().nullable(),
});
export type MissedRow = z.infer<typeof missedRow>;

export const missedIdOf = ({ kind, id }: Pick<ToldRow, "kind" | "id">): string => `${kind}/${id}`;
