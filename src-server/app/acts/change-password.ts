import { finishWork } from "#server/app/operations/finish-work.ts";
import { newSalt } from "#server/app/salt.ts";
import type { changePasswordAct } from "#shared/contracts/acts/accounts.ts";
import { staffPatch } from "#shared/domain/staff/ops.ts";
import { err, ok } from "#shared/std/result.ts";
import { openAccount } from "./accounts.ts";
import type { ActHandler } from "./act-handler.ts";

export const changePassword: ActHandler<typeof changePasswordAct> = async (context, { requestId, verifier, replaces }) => {
  const { staffId } = context.by;
  const found = await openAccount(context, staffId);
  if (!found) return err({ code: "STAFF_NOT_FOUND" });
  if (found.person.verifier !== replaces) return err({ code: "PASSWORD_REPLACED" });
  const personal = { salt: newSalt(context.ports.machine), verifier };
  await found.work.own.write(staffPatch, { opId: requestId, by: staffId, d: { staffId }, personal });
  await finishWork(found.work);
  return ok({});
};
