import { implement, ORPCError, ValidationError } from "@orpc/server";
import { fieldIssues } from "#shared/contracts/field-issues.ts";
import { headOfficeContract } from "#shared/contracts/head-office-contract.ts";
import { may } from "#shared/domain/staff/roles.ts";
import type { ApiContext } from "./context.ts";
import { permissionFor } from "./permissions.ts";

/** The contract behind its two gates. Every handler is made from it, so that none can be reached around them. */
export const guarded = implement(headOfficeContract)
  .$context<ApiContext>()
  .use(async ({ context, path, next, errors }) => {
    try {
      return await next();
    } catch (thrown) {
      if (!(thrown instanceof ORPCError)) throw internal(thrown);
      if (thrown.code === "BAD_REQUEST" && thrown.cause instanceof ValidationError) {
        throw errors.INVALID_INPUT({ data: { issues: fieldIssues(thrown.cause.issues) } });
      }
      throw thrown.defined ? thrown : internal(thrown);
    }

    function internal(cause: unknown): Error {
      const incident = context.reportIncident(path.join("."), cause);
      return errors.INTERNAL({ data: { incident } });
    }
  })
  // Before the input is looked at: whoever may not ask does not learn either what would have been right.
  .use(async ({ context: { operator }, path, next, errors }) => {
    if (!operator) throw errors.NOT_SIGNED_IN();
    const permission = permissionFor(path);
    if (!may(operator, permission)) throw errors.FORBIDDEN({ data: { permission } });
    return next({ context: { operator } });
  });
