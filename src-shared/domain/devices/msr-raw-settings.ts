import { z } from "zod";

/** How the bits of a track come. */
export const msrRawSettings = z.object({
  /** The track that they are of: it says how many bits a character has. */
  track: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(2),
  /** Which bit of a byte came first under the head: the top one in what an encoder reads, the lowest one in what it is given to write. */
  bitOrder: z.enum(["msb", "lsb"]).default("msb"),
  /** Silence that ends the track: nothing in its bits does. Below 50 the delays of USB adapters look like silence. */
  idleMs: z.int().positive().max(60_000).default(200),
  /** As much as an encoder can say of one track. */
  maxBytes: z.int().positive().max(4096).default(255),
});
