import { z } from "zod";

/** What differs from encoder to encoder, and from one box of cards to the next. Stored with the device beside the settings of its port. */
export const msr605Settings = z.object({
  /** How hard the cards' stripes are to magnetise: black ones mostly `high`, brown ones `low`. The wrong one writes badly or wears off. */
  coercivity: z.enum(["high", "low"]).default("high"),
  /** Silence inside an answer that ends it. Below 50 the delays of USB adapters look like silence. */
  idleMs: z.int().positive().max(60_000).default(300),
  /** How long a hand is given to draw the card through, for reading, writing and erasing alike. */
  swipeMs: z.int().positive().max(300_000).default(20_000),
  /** How long the encoder may take over a command that needs no card. */
  answerMs: z.int().positive().max(60_000).default(500),
});
export type Msr605Settings = z.infer<typeof msr605Settings>;
