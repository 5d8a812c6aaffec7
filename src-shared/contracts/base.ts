import { oc } from "@orpc/contract";
import { z } from "zod";

/** Where a procedure is decided: at this station, line or no line; or by head office, which needs the line. */
export type Where = "station" | "headOffice";
export type ProcedureMeta = { readonly where: Where };

const faults = {
  /** Wrong input: each issue names the field by its path and says what to enter. */
  INVALID_INPUT: { data: z.object({ issues: z.array(z.object({ field: z.string(), message: z.string() })) }) },
  NOT_SIGNED_IN: {},
  FORBIDDEN: { data: z.object({ permission: z.string() }) },
  /** The database cannot be written because the disk is full; nothing of the action was stored. */
  STORAGE_FULL: {},
  /** The procedure is of head office and the line is down; what was typed stays. */
  NEEDS_HEAD_OFFICE: {},
  /** Something of ours is wrong; the number finds the entry in the log. */
  INTERNAL: { data: z.object({ incident: z.string() }) },
} as const;

const base = oc.$meta<ProcedureMeta>({ where: "station" }).errors(faults);

/** Starts the contract of a procedure that the station answers by itself. */
export const atStation = base;
/** Starts the contract of a procedure that runs at head office: without a line it is refused and writes nothing. */
export const atHeadOffice = base.meta({ where: "headOffice" });
