import { declareOperation } from "#shared/domain/operations/declare.ts";
import { periodRecord } from "./period.ts";

/** Closes the books up to a booking date, with the figures as they stand. */
export const periodClose = declareOperation({
  type: "period.close",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: periodRecord,
  entity: (d) => ({ kind: "period", id: d.until }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "period", id: d.until, fields: d }],
});
