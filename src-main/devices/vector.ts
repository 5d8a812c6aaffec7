import { z } from "zod";

const hex = z.string().regex(/^([0-9A-Fa-f]{2})*$/, "pairs of hexadecimal digits");

/** A recording: what a device sent and when, and what has to come of it. */
export const deviceVector = z.object({
  name: z.string(),
  family: z.string(),
  /** Overrides of the family's settings. */
  config: z.record(z.string(), z.unknown()).optional(),
  /** Given to the driver before the first byte. */
  command: z.looseObject({ type: z.string() }).optional(),
  chunks: z.array(
    z.object({
      delayMs: z.number().nonnegative(),
      hex,
      /** Waits first until the driver wrote something since the chunk before, and only then `delayMs`. */
      await: z.boolean().optional(),
    }),
  ),
  /** `idle`: time passes. `unplug`: the port is gone right after the last chunk. */
  end: z.enum(["idle", "unplug"]),
  endMs: z.number().nonnegative().default(1000),
  expect: z.object({
    events: z.array(z.unknown()),
    /** All bytes the driver wrote, compared joined; not compared when left out. */
    writes: z.array(hex).optional(),
  }),
});

/** As it stands in a file, defaults not filled in. */
export type DeviceVector = z.input<typeof deviceVector>;
