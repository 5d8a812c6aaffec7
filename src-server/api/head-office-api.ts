import { call, getRouter, isProcedure, ORPCError, traverseContractProcedures } from "@orpc/server";
import type { ProcedureMeta } from "#shared/contracts/base.ts";
import { headOfficeContract } from "#shared/contracts/head-office-contract.ts";
import type { Permission } from "#shared/domain/staff/roles.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { ApiContext } from "./context.ts";
import { permissionFor } from "./permissions.ts";
import { router } from "./router.ts";

export type Procedure = ProcedureMeta & { readonly name: string; readonly permission: Permission };

export type ApiRefusal = { readonly code: string; readonly message: string; readonly data: unknown };

/** All procedures of head office, by the name that `call` takes. */
export function listProcedures(): readonly Procedure[] {
  const procedures: Procedure[] = [];
  traverseContractProcedures({ router: headOfficeContract, path: [] }, ({ contract, path }) => {
    procedures.push({ name: path.join("."), ...(contract["~orpc"].meta as ProcedureMeta), permission: permissionFor(path) });
  });
  return procedures;
}

/**
 * Calls a procedure by its name, with input as it came from outside.
 *
 * @returns the answer, or a refusal with a code of the contract; `UNKNOWN_PROCEDURE` when there is none of this name
 */
export async function callProcedure(name: string, input: unknown, context: ApiContext): Promise<Result<unknown, ApiRefusal>> {
  const path = name.split(".");
  const known = listProcedures().map((procedure) => procedure.name);
  const procedure = known.includes(name) ? getRouter(router, path) : undefined;
  if (!isProcedure(procedure)) {
    return err({ code: "UNKNOWN_PROCEDURE", message: `Head office has no procedure ${name}.`, data: { known } });
  }
  try {
    return ok(await call(procedure, input, { context, path }));
  } catch (thrown) {
    if (thrown instanceof ORPCError && thrown.defined) {
      return err({ code: thrown.code, message: thrown.message, data: thrown.data ?? {} });
    }
    const incident = context.reportIncident(name, thrown);
    return err({ code: "INTERNAL", message: "Head office answered outside its contract.", data: { incident } });
  }
}
