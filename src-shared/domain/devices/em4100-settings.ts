import { z } from "zod";

/**
 * What differs from reader to reader. Stored with the device beside the settings of its port, whose keys are passed over
 * here. Whether a CR LF stands before the ETX is no setting: both forms are told apart by their length.
 */
export const em4100Settings = z.object({
  /** Silence inside a frame that ends it. Below 50 the delays of USB adapters look like silence. */
  idleMs: z.int().positive().max(60_000).default(100),
  /** How long after its last good frame a tag counts as gone: longer than the reader's repeat period, about 65 on an RDM6300. */
  presenceMs: z.int().positive().max(60_000).default(300),
});
