import { declareOperation } from "#shared/domain/operations/declare.ts";
import { branchRecord } from "./branch.ts";

/** A branch is there from now on: stations can join it and people belong to it. */
export const branchAdd = declareOperation({
  type: "branch.add",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: branchRecord,
  entity: (d) => ({ kind: "branch", id: d.branchId }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "branch", id: d.branchId, fields: { ...d } }],
});
