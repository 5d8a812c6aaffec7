import { z } from "zod";

/**
 * What differs from maker to maker, and on one reader from one configuration card to the next. Stored with the device
 * beside the settings of its port, whose keys are passed over here.
 */
export const msrSerialSettings = z.object({
  /** `single`: all tracks, then the terminator. `per-track`: every track ends with it. `uic`: `STX` track `DLE`, the last with `ETX`. */
  layout: z.enum(["single", "per-track", "uic"]).default("single"),
  /** `none`: silence ends the card. Not used by `uic`, which has its own ends. */
  terminator: z.enum(["cr", "lf", "crlf", "etx", "none"]).default("cr"),
  /** `after-es`: one check character right after each end sentinel. To be switched on wherever the reader has it. */
  lrc: z.enum(["none", "after-es"]).default("none"),
  /** The characters that start track 3. `;` starts it only after a track 2. */
  track3: z
    .string()
    .regex(/^[+;!#%&]*$/)
    .default("+!#"),
  requiredTracks: z.array(z.union([z.literal(1), z.literal(2), z.literal(3)])).default([2]),
  /** Silence that ends an unfinished message. Below 50 the delays of USB adapters look like silence. */
  idleMs: z.int().positive().max(60_000).default(200),
  /** Silence that ends a card whose tracks come one to a line. */
  groupMs: z.int().positive().max(60_000).default(150),
  /** Longest message before its terminator. */
  maxBytes: z.int().positive().max(4096).default(512),
});

export type MsrSerialSettings = z.infer<typeof msrSerialSettings>;
