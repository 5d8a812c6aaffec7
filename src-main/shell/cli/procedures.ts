import { isContractProcedure } from "@orpc/contract";
import { stationContract } from "#shared/contracts/station-contract.ts";
import { CommandFailure, exitCodes } from "./command-failure.ts";
import { nearNames } from "./near-names.ts";

/** All procedures of the contract by their dotted names, such as `points.award`. */
export function procedureNames(router: object = stationContract, prefix = ""): readonly string[] {
  return Object.entries(router).flatMap(([name, part]) =>
    isContractProcedure(part) ? [prefix + name] : procedureNames(part as object, `${prefix}${name}.`),
  );
}

export function unknownProcedure(procedure: string): CommandFailure {
  const near = nearNames(procedure, procedureNames());
  const hint = near.length > 0 ? `Did you mean ${near.join(", ")}?` : `Known: ${procedureNames().join(", ")}.`;
  return new CommandFailure(exitCodes.wrongCommand, "UNKNOWN_PROCEDURE", `There is no procedure "${procedure}". ${hint}`, { near });
}
