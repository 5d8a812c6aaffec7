import { z } from "zod";
import { atStation } from "./base.ts";
import { instantMs, nothing, points } from "./common.ts";
import { stationStatus } from "./station.ts";

/** What may be asked of the log by what became of it: on its way, marked, waiting at head office for something, held back, or refused. */
const openState = z.enum(["waiting", "flagged", "parked", "quarantined", "refused"]);

const exchangeOverview = z.strictObject({
  /** Where head office is reached; null before enrolment. */
  headOffice: z.string().nullable(),
  /** Entries of this station by what became of them; of those that are marked, the ones that nobody at head office has looked at. */
  entries: z.strictObject({
    waiting: z.int(),
    applied: z.int(),
    flagged: z.int(),
    parked: z.int(),
    quarantined: z.int(),
    refused: z.int(),
  }),
  /** What this station may spend while nobody hears it. */
  rights: z.strictObject({ points, members: z.int() }),
  /**
   * An older copy of the data was put back: so many entries came back from head office, so many were written on the copy before anybody noticed,
   * and whether both sides have all of them; null where it never happened.
   */
  putBack: z.strictObject({ cameBack: z.int(), apart: z.int(), isComplete: z.boolean() }).nullable(),
  /** So many rows differed from head office's and were mended, the last at this instant; null where none ever did. */
  mended: z.strictObject({ rows: z.int(), atMs: instantMs }).nullable(),
});

export type ExchangeOverview = z.infer<typeof exchangeOverview>;

const exchangeLine = z.strictObject({
  opId: z.string(),
  atMs: instantMs,
  /** Type of the operation, such as `points.award`. */
  type: z.string(),
  memberId: z.string().nullable(),
  name: z.string().nullable(),
  points: z.int().nullable(),
  /** Null for somebody who is not, or no longer, on this station's staff list. */
  operator: z.string().nullable(),
  /** Why head office marked it or holds it back, as in `docs/errors.md`. */
  code: z.string().nullable(),
  /** What a person at head office decided, and said about it; null while nobody has. */
  decision: z.strictObject({ by: z.string().nullable(), atMs: instantMs, reason: z.string() }).nullable(),
});
export type ExchangeLine = z.infer<typeof exchangeLine>;

export const sync = {
  /** Exchanges with head office now and answers when done; without a line it says so in the status, which is no error. */
  exchange: atStation.input(nothing).output(stationStatus),
  /** How the two sides stand; the line and the clock are in the status. */
  overview: atStation.input(nothing).output(exchangeOverview),
  /** Entries that somebody may want to look at, oldest first; `isCut` when there are more than are listed. */
  entries: atStation
    .input(z.strictObject({ state: openState }))
    .output(z.strictObject({ lines: z.array(exchangeLine), isCut: z.boolean() })),
};
