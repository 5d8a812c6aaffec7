import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { setGiftAct } from "#shared/contracts/acts/stock.ts";
import { giftSet } from "#shared/domain/stock/ops.ts";
import { ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

/** Names a thing that lies on shelves. What lies where is nobody's to set: it is counted. */
export const setGift: ActHandler<typeof setGiftAct> = async ({ ports: { machine, identity }, tx, by }, { requestId, ...gift }) => {
  const work = await openWork(tx, machine, identity, { records: [{ kind: "gift", id: gift.giftId }] });
  await work.own.write(giftSet, { opId: requestId, by: by.staffId, d: gift });
  await finishWork(work);
  return ok({});
};
