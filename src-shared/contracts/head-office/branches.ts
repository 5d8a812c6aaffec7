import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { atHeadOffice } from "../base.ts";
import { instantMs } from "../common.ts";

export const branchNotFound = { BRANCH_NOT_FOUND: { message: "There is no branch with this code." } } as const;

export const branches = {
  add: atHeadOffice
    .input(branchRecord.pick({ code: true, name: true }))
    .output(z.strictObject({ branchId: z.string() }))
    .errors({ BRANCH_CODE_TAKEN: { message: "Another branch has this code." } }),
};

export const enrolment = {
  /** A code for one station of the branch, to be printed or read out: used once, within 24 hours. */
  createCode: atHeadOffice
    .input(z.strictObject({ branch: branchRecord.shape.code }))
    .output(z.strictObject({ code: z.string(), expiresAtMs: instantMs }))
    .errors(branchNotFound),
};
