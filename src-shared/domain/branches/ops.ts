import { declareOperation } from "#shared/domain/operations/declare.ts";
import { cardKind } from "#shared/domain/cards/card-kind.ts";
import { branchRecord } from "./branch.ts";

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

/** Which numbers are ours: a card outside every kind is not looked at twice. */
export const cardKindSet = declareOperation({
  type: "card_kind.set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: cardKind,
  entity: (d) => ({ kind: "cardKind", id: d.kind }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "cardKind", id: d.kind, fields: { ...d } }],
});
