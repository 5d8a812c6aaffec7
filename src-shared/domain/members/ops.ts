import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { whatIsThere } from "#shared/std/json.ts";
import { memberFacts, memberFields } from "./member.ts";

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
        birthday: null,
        address: "",
        createdAtMs: body.at,
      },
    },
  ],
});

const patchData = z.strictObject({ memberId: z.uuid(), fields: z.array(z.enum(memberFields)).min(1) });
export type MemberPatchData = z.infer<typeof patchData>;
const patchPersonal = z.strictObject({
  salt: z.string(),
  /** What the author saw: head office takes a name or a phone only in the place of this one. */
  before: memberFacts,
  after: memberFacts,
});
export type MemberPatchPersonal = z.infer<typeof patchPersonal>;

/** Somebody corrects or completes what is known of a member. Of an erased person nothing is left to say. */
export const memberPatch = declareOperation({
  type: "member.patch",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: patchData,
  personal: patchPersonal,
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d }, personal }) =>
    personal ? [{ kind: "putRecord", record: "member", id: d.memberId, fields: whatIsThere(personal.after) }] : [],
});
