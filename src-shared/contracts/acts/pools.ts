import { z } from "zod";
import { poolRecord, sharePercent } from "#shared/domain/pools/pool.ts";
import { requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "headOffice.manage";
const poolId = z.uuid();
const points = z.int().nonnegative();

const poolView = z.strictObject({
  poolId: z.string(),
  name: z.string(),
  kind: poolRecord.shape.kind,
  /** All that is unspent of it, wherever it lies. */
  balance: points,
  members: z.array(z.strictObject({ memberId: z.string(), memberNumber: z.string(), name: z.string(), sharePercent })),
  /** Of those who left, and still held at a branch. */
  owed: z.array(z.strictObject({ memberNumber: z.string(), branch: z.string(), points })),
});
export type PoolView = z.infer<typeof poolView>;

/** The households and companies that save up together. */
export const listPoolsAct = declareAct({
  type: "pool.list",
  permission,
  isQuestion: true,
  input: z.strictObject({}),
  reply: z.strictObject({ pools: z.array(poolView) }),
  refusals: {},
});

/** Makes a pool, with nobody in it. */
export const makePoolAct = declareAct({
  type: "pool.make",
  permission,
  input: z.strictObject({ requestId, name: z.string().trim().min(1).max(60), kind: poolRecord.shape.kind }),
  reply: z.strictObject({ poolId: z.string() }),
  refusals: {},
});

/** A member saves up with a pool from the next purchase on. */
export const joinPoolAct = declareAct({
  type: "pool.join",
  permission,
  input: z.strictObject({ requestId, poolId, memberNumber: z.string().trim().min(1).max(64), sharePercent }),
  reply: z.strictObject({ memberId: z.string() }),
  refusals: {
    ...refusals("POOL_NOT_FOUND"),
    ...refusalWith("NUMBER_UNKNOWN", z.object({ number: z.string() })),
    ...refusalWith("IN_A_POOL", z.object({ name: z.string() })),
  },
});

/** A member leaves, and takes what remains of the own contributions: what lies at head office at once, the rest as it comes back. */
export const leavePoolAct = declareAct({
  type: "pool.leave",
  permission,
  input: z.strictObject({ requestId, poolId, memberId: z.uuid() }),
  reply: z.strictObject({ taken: points, owed: points }),
  refusals: refusals("POOL_NOT_FOUND", "NOT_IN_THIS_POOL"),
});
