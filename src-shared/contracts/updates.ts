import { z } from "zod";
import { atStation } from "./base.ts";
import { instantMs, nothing } from "./common.ts";
import { refusals } from "./refusals.ts";

/** Why the last look for an update, or its download, came to nothing. */
export const updateTroubles = [
  "FEED_UNREACHABLE",
  "MANIFEST_UNSIGNED",
  "MANIFEST_FORGED",
  "MANIFEST_UNREADABLE",
  "UPDATE_DAMAGED",
  "UPDATE_NOT_FETCHED",
] as const;
export type UpdateTrouble = (typeof updateTroubles)[number];

const offer = z.strictObject({
  version: z.string(),
  /** What is new, in the words of the release; plain text. */
  notes: z.string(),
});
export type UpdateOffer = z.infer<typeof offer>;

const phase = z.discriminatedUnion("phase", [
  /** This counter does not update itself: it runs in a browser or from its sources, came as a system package, or believes no release key. */
  z.strictObject({ phase: z.literal("off"), reason: z.enum(["WEB_SHELL", "FROM_SOURCES", "SYSTEM_PACKAGE", "NO_RELEASE_KEY"]) }),
  z.strictObject({ phase: z.literal("idle") }),
  z.strictObject({ phase: z.literal("checking") }),
  z.strictObject({ phase: z.literal("downloading"), offer, percent: z.int().min(0).max(100) }),
  /** Fetched and checked; takes the place of this version when the counter closes. */
  z.strictObject({ phase: z.literal("ready"), offer }),
  z.strictObject({ phase: z.literal("installing"), offer }),
]);
export type UpdatePhase = z.infer<typeof phase>;

const updateState = z.strictObject({
  /** The version that runs. */
  version: z.string(),
  now: phase,
  /** When head office was last asked and answered. */
  checkedAtMs: instantMs.nullable(),
  trouble: z.enum(updateTroubles).nullable(),
});
export type UpdateState = z.infer<typeof updateState>;

/** New versions of the counter, from head office. Nothing is ever installed while the counter is open. */
export const updates = {
  state: atStation.input(nothing).output(updateState),
  /** Asks head office now, fetches what it has, and answers when that is done or has failed; why stands in `trouble`. */
  check: atStation.input(nothing).output(updateState).errors(refusals("NO_UPDATES_HERE", "NOT_ENROLLED")),
  /** Closes the counter, installs, and opens it again. */
  install: atStation.input(nothing).output(updateState).errors(refusals("NO_UPDATE_READY")),
};
