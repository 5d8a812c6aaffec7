import { z } from "zod";

/**
 * A number that went to an encoder and is nobody's yet: it may stand on a card that lies on the table. It is not given to another card
 * until it is somebody's, or recorded as damaged.
 */
export const unfinishedCard = z.strictObject({
  cardNumber: z.string(),
  cardKind: z.string(),
  /** The encoder said that it wrote it; whether it can be read, only reading says. */
  isWritten: z.boolean(),
  /** Why it went no further, as the device has it; null while nothing has gone wrong. */
  fault: z.string().nullable(),
  /** Milliseconds since 1970. */
  atMs: z.int(),
});
export type UnfinishedCard = z.infer<typeof unfinishedCard>;

/** What the encoder says where no card was drawn through it: the card in the hand is as it was. */
const undrawn: readonly (string | null)[] = ["NO_RESPONSE", "CANCELLED"];

/** Whether the number never met a card, and is for the one that is still in the hand. */
export const isUndrawn = ({ isWritten, fault }: UnfinishedCard): boolean => !isWritten && undrawn.includes(fault);
