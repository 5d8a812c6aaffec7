import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { atHeadOffice } from "../base.ts";
import { instantMs } from "../common.ts";
import { refusals } from "../refusals.ts";

export const branches = {
  add: atHeadOffice
    .input(branchRecord.pick({ code: true, name: true }))
    .output(z.strictObject({ branchId: z.string() }))
    .errors(refusals("BRANCH_CODE_TAKEN")),
};

export const enrolment = {
  /** A code for one station of the branch, to be printed or read out: used once, within 24 hours. */
  createCode: atHeadOffice
    .input(z.strictObject({ branch: branchRecord.shape.code }))
    .output(z.strictObject({ code: z.string(), expiresAtMs: instantMs }))
    .errors(refusals("BRANCH_NOT_FOUND")),
};
