import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";

/** Somebody joins. The number is of the station's own, so that two that are cut off never give the same. */
export const memberCreate = declareOperation({
  type: "member.create",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({ memberId: z.uuid(), memberNumber: z.string(), homeBranch: z.string() }),
  personal: z.strictObject({ salt: z.string(), name: z.string(), phones: z.array(z.string()) }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body, personal }) => [
    {
      kind: "putRecord",
      record: "member",
      id: body.d.memberId,
      fields: {
        memberId: body.d.memberId,
        memberNumber: body.d.memberNumber,
        homeBranch: body.d.homeBranch,
        state: "active",
        name: personal?.name ?? "",
        phones: personal?.phones ?? [],
        createdAtMs: body.at,
      },
    },
  ],
});
