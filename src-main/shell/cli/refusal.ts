import { ORPCError } from "@orpc/client";
import { CommandFailure, exitCodes } from "./command-failure.ts";

/** Turns what the contract answers with into the failure that a script reads; anything else stays what it is. */
export async function asRefusal(error: unknown, procedure: string): Promise<unknown> {
  if (!(error instanceof ORPCError)) return error;
  // The station knows no such procedure; what it does know is in the contract, which takes a while to load.
  if (!error.defined && error.status === 404) {
    const { unknownProcedure } = await import("./procedures.ts");
    return unknownProcedure(procedure);
  }
  return new CommandFailure(exitCodes.refused, error.code, error.message, error.data ?? {});
}
