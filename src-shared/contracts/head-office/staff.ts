import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { passwordLengthMax, passwordLengthMin } from "#shared/domain/staff/password.ts";
import { roles } from "#shared/domain/staff/roles.ts";
import { atHeadOffice } from "../base.ts";
import { refusals } from "../refusals.ts";

/** How a person is named and proves who they are; the first administrator is made from the same. */
export const account = z.strictObject({
  userName: z.string().trim().min(1).max(64),
  displayName: z.string().trim().min(1).max(64),
  password: z.string().min(passwordLengthMin).max(passwordLengthMax),
});

export const staff = {
  /** Makes an account. */
  set: atHeadOffice
    .input(
      account.extend({
        role: z.enum(roles),
        /** Branch code; null for head-office staff. */
        branch: branchRecord.shape.code.nullable(),
      }),
    )
    .output(z.strictObject({ staffId: z.string() }))
    .errors(refusals("BRANCH_NOT_FOUND", "USER_NAME_TAKEN")),
};
