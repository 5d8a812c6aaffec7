import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { instantMs, requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "headOffice.manage";
const share = z.int().nonnegative();
const replica = z.int().positive();
/** Points of so many members, and of campaigns what they may still give; left out where it has no share of a campaign. */
const pointsOfMembers = z.strictObject({ points: share, members: share, budget: z.int().positive().exactOptional() });
export type PointsOfMembers = z.infer<typeof pointsOfMembers>;
/** The figures on the screen are those that count: when they have changed, nothing is done and the new ones are shown. */
const changed = refusalWith("WORST_CASE_CHANGED", pointsOfMembers);

/**
 * Takes a station for dead: what it may spend is set aside, and what it alone could decide is decided at head office. If it lives, it goes on
 * without knowing; at its next contact it is told and begins another life.
 */
export const fenceStationAct = declareAct({
  type: "station.fence",
  permission,
  input: z.strictObject({ requestId, replica, /** The worst case as it was shown. */ shown: pointsOfMembers }),
  reply: pointsOfMembers.extend({ incarnation: z.string(), proposals: share }),
  refusals: { ...refusals("STATION_NOT_FOUND", "STATION_HAS_ENDED"), ...changed },
});

/** Gives back to their members the points that were set aside of a fenced life. This, and nothing before it, can cost points twice. */
export const giveBackAct = declareAct({
  type: "station.giveBack",
  permission,
  input: z.strictObject({ requestId, replica, incarnation: z.string(), shown: pointsOfMembers }),
  reply: pointsOfMembers,
  refusals: { ...refusals("STATION_NOT_FOUND", "NOTHING_SET_ASIDE"), ...changed },
});

/** A life of a station that goes on no more, and what became of the points that it could spend. */
const endedLife = z.strictObject({
  incarnation: z.string(),
  /** Nobody may spend it until it is given back. */
  setAside: pointsOfMembers,
  /** The most that it can cost. */
  givenBack: share,
  /** What it has cost so far: redemptions that came late, for points which others had spent meanwhile. */
  lost: share,
});

export type EndedLife = z.infer<typeof endedLife>;

const stationView = z.strictObject({
  replica,
  /** Branch code. */
  branch: z.string(),
  /** Version of its program. */
  app: z.string(),
  lastContactMs: instantMs.nullable(),
  /** How far its wall clock was ahead at the last hello; null before the first. */
  clockAheadMs: z.int().nullable(),
  state: z.enum(["enrolled", "active", "rights_differ", "suspended", "superseded", "fenced", "revoked"]),
  quarantined: share,
  flagged: share,
  /** Entries that its program cannot have written and nobody has looked at: somebody goes to that computer. */
  impossible: share,
  /** What it may spend of how many members: the worst case, should it be fenced while it lives. */
  rights: pointsOfMembers,
  ended: z.array(endedLife),
});
export type StationView = z.infer<typeof stationView>;

const stationOverview = z.strictObject({
  asOfMs: instantMs,
  branches: z.array(branchRecord.pick({ code: true, name: true })),
  stations: z.array(stationView),
  /** What points are good for: the plan that costs the least of those open today; null when none is. */
  cheapest: z.strictObject({ name: localName, costPoints: z.int().positive() }).nullable(),
});
export type StationOverview = z.infer<typeof stationOverview>;

/** All stations, as head office last heard them, and what they may spend. */
export const listStationsAct = declareAct({
  type: "station.list",
  permission: "headOffice.read",
  isQuestion: true,
  input: z.strictObject({}),
  reply: stationOverview,
  refusals: {},
});

/** A code for one more station of a branch, to be printed or read out: used once, within 24 hours. It is kept nowhere. */
export const createEnrolmentCodeAct = declareAct({
  type: "enrolment.createCode",
  permission,
  input: z.strictObject({ requestId, branch: branchRecord.shape.code }),
  reply: z.strictObject({ /** Null in the answer to a repetition. */ code: z.string().nullable(), expiresAtMs: instantMs }),
  kept: ({ expiresAtMs }) => ({ code: null, expiresAtMs }),
  refusals: refusals("BRANCH_NOT_FOUND"),
});
