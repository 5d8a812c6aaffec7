import { procedureOf } from "./acts/act-type.ts";
import {
  countRefundAct,
  givePurchaseAct,
  listQueueAct,
  noteEntryAct,
  putPurchaseAwayAct,
  refuseEntryAct,
  releaseEntryAct,
} from "./acts/queue.ts";

export const queue = {
  list: procedureOf(listQueueAct),
  release: procedureOf(releaseEntryAct),
  refuse: procedureOf(refuseEntryAct),
  note: procedureOf(noteEntryAct),
  countRefund: procedureOf(countRefundAct),
  givePurchase: procedureOf(givePurchaseAct),
  putPurchaseAway: procedureOf(putPurchaseAwayAct),
};
