import { z } from "zod";

const points = z.int().positive();

/**
 * Head office asks a station to hand back rights, because another place has a use for them now. A question and no more: until the station has
 * answered they are its own, and what it has spent it does not hand back.
 */
export const recallRecord = z.strictObject({
  recallId: z.string(),
  memberId: z.string(),
  /** The station that is asked, and where it stands. */
  replica: points,
  branchId: z.string(),
  /** The station that wants them, and the life of it that gets them. */
  wantedBy: z.strictObject({ replica: points, incarnation: z.string() }),
  /** At most so many. */
  points,
  atMs: z.int(),
  /** `answered`: `released` came back. `dropped`: the life that was asked was taken for dead. */
  state: z.enum(["open", "answered", "dropped"]),
  released: z.int().nonnegative(),
});
export type RecallRecord = z.infer<typeof recallRecord>;
