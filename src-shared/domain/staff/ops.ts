import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { roles } from "./roles.ts";

/** A person's account: made, moved or switched off by head office. The verifier is an argon2id string, never a password. */
export const staffSet = declareOperation({
  type: "staff.set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ staffId: z.uuid(), role: z.enum(roles), branchId: z.string().nullable(), isActive: z.boolean() }),
  personal: z.strictObject({ salt: z.string(), userName: z.string(), displayName: z.string(), verifier: z.string() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: ({ body: { d }, personal }) => [
    {
      kind: "putRecord",
      record: "staff",
      id: d.staffId,
      fields: { ...d, userName: personal?.userName ?? "", displayName: personal?.displayName ?? "", verifier: personal?.verifier ?? "" },
    },
  ],
});
