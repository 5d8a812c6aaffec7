import { oc } from "@orpc/contract";
import { z } from "zod";
import { refusals, refusalWith } from "./refusals.ts";

/** Where a procedure is decided: at this station, line or no line; or by head office, which needs the line. */
type Where = "station" | "headOffice";
export type ProcedureMeta = {
  readonly where: Where;
  /** The act that the procedure asks for, where it is one. */
  readonly act?: string;
};

/** What any procedure may answer. */
const faults = {
  /** Wrong input: each issue names the field by its path and says what to enter. */
  ...refusalWith("INVALID_INPUT", z.object({ issues: z.array(z.object({ field: z.string(), message: z.string() })) })),
  ...refusalWith("FORBIDDEN", z.object({ permission: z.string() })),
  ...refusals("NOT_SIGNED_IN", "NEEDS_HEAD_OFFICE"),
  ...refusals("STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_BUSY", "STORAGE_DAMAGED", "STORAGE_FAILING"),
  /** The number finds the entry in the log. */
  ...refusalWith("INTERNAL", z.object({ incident: z.string() })),
} as const;

const base = oc.$meta<ProcedureMeta>({ where: "station" }).errors(faults);

/** Starts the contract of a procedure that the station answers by itself. */
export const atStation = base;
/** Starts the contract of a procedure that runs at head office: without a line it is refused and writes nothing. */
export const atHeadOffice = base.meta({ where: "headOffice" });
