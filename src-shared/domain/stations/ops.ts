import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";

/** Somebody had head office open the deposited key of a station: it changes nothing, and stays in the log for good. */
export const stationRecoverKey = declareOperation({
  type: "station.recover_key",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ replica: z.int().positive() }),
  entity: (d) => ({ kind: "station", id: String(d.replica) }),
  memberId: () => null,
  effects: () => [],
});
