import { z } from "zod";
import { instantMs, requestId } from "../common.ts";
import { refusals } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const date = z.iso.date();
const memberId = z.uuid();
const state = z.enum(["asked", "withdrawn", "done"]);

const listedErasure = z.strictObject({
  memberId,
  memberNumber: z.string(),
  state,
  askedBy: z.string().nullable(),
  askedOn: date,
  doneBy: z.string().nullable(),
  doneOn: date.nullable(),
});
export type ListedErasure = z.infer<typeof listedErasure>;

/** Who is to be forgotten and waits for a second person, and who was, newest first. */
export const listErasuresAct = declareAct({
  type: "erasure.list",
  permission: "headOffice.manage",
  isQuestion: true,
  input: z.strictObject({}),
  reply: z.strictObject({ erasures: z.array(listedErasure) }),
  refusals: {},
});

const count = z.int().nonnegative();
const erasurePreview = z.strictObject({
  memberId,
  memberNumber: z.string(),
  homeBranch: z.string(),
  /** Null while nobody has asked. */
  erasure: listedErasure.omit({ memberId: true, memberNumber: true }).extend({ isOwn: z.boolean() }).nullable(),
  /** What goes, everywhere. */
  goes: z.strictObject({
    /** Empty once it is gone. */
    name: z.string(),
    phones: count,
    hasBirthday: z.boolean(),
    hasAddress: z.boolean(),
    /** Entries of the log that say something personal: the joining, changes, reasons that were typed. */
    entries: count,
    cards: count,
  }),
  /** What stays, under the number. */
  stays: z.strictObject({ balance: z.int(), debt: count }),
  /** Counters that were not heard for a day: they forget the person at their next contact, and not before. */
  silent: z.array(z.strictObject({ branch: z.string(), replica: z.int(), lastContactMs: instantMs.nullable() })),
});
export type ErasurePreview = z.infer<typeof erasurePreview>;

/** What an erasure would take away and what it would leave, before anybody clicks. */
export const previewErasureAct = declareAct({
  type: "erasure.preview",
  permission: "headOffice.manage",
  isQuestion: true,
  input: z.strictObject({ memberNumber: z.string().min(1).max(32) }),
  reply: erasurePreview,
  refusals: refusals("MEMBER_NOT_FOUND"),
});

/** The first of two persons: somebody wants to be forgotten. Nothing is done yet. */
export const askErasureAct = declareAct({
  type: "erasure.ask",
  permission: "headOffice.manage",
  input: z.strictObject({ requestId, memberId }),
  reply: z.strictObject({}),
  refusals: refusals("MEMBER_NOT_FOUND", "ERASURE_ASKED", "ALREADY_ERASED"),
});

/** Takes the question back, by whoever. */
export const withdrawErasureAct = declareAct({
  type: "erasure.withdraw",
  permission: "headOffice.manage",
  input: z.strictObject({ requestId, memberId }),
  reply: z.strictObject({}),
  refusals: refusals("ERASURE_NOT_ASKED", "ALREADY_ERASED"),
});

/** The second person: forgets somebody, for good. */
export const eraseAct = declareAct({
  type: "erasure.confirm",
  permission: "headOffice.manage",
  input: z.strictObject({ requestId, memberId }),
  /** How many entries of the log lost what was personal in them. */
  reply: z.strictObject({ on: date, entries: count }),
  refusals: refusals("ERASURE_NOT_ASKED", "ALREADY_ERASED", "OWN_ERASURE"),
});
