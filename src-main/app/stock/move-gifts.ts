import type { ReceiveInput, SendInput, StockLine, TakeInInput, TakeOutInput } from "#shared/contracts/stock.ts";
import { err, type Result } from "#shared/std/result.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { arrivalOf } from "#shared/domain/stock/stock-move.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { writeMove, type MoveRefusal } from "./write-move.ts";

const gift = (id: string) => ({ kind: "gift", id }) as const;

/** A delivery is put on the shelf. */
export const makeReceiveGifts =
  ({ store }: Ports) =>
  ({ requestId, giftId, pieces }: ReceiveInput, by: Operator): Result<StockLine, MoveRefusal> =>
    store.write((tx) => writeMove(tx, requestId, by, { item: gift(giftId), cards: null, move: { why: "received", pieces } }));

/** Broken or missing pieces leave the books. The shelf wins: what somebody threw away is gone, whatever the books had. */
export const makeTakeOutGifts =
  ({ store }: Ports) =>
  ({ requestId, giftId, pieces, why }: TakeOutInput, by: Operator): Result<StockLine, MoveRefusal> =>
    store.write((tx) => writeMove(tx, requestId, by, { item: gift(giftId), cards: null, move: { why, pieces } }));

/** A parcel leaves for another branch; there it is taken in with what was in it. */
export const makeSendGifts =
  ({ store }: Ports) =>
  ({ requestId, giftId, pieces, toBranchId }: SendInput, by: Operator): Result<StockLine, MoveRefusal | { code: "BRANCH_NOT_FOUND" }> =>
    store.write((tx): Result<StockLine, MoveRefusal | { code: "BRANCH_NOT_FOUND" }> => {
      const isElsewhere = toBranchId !== requireIdentity(tx).branchId && tx.branches.all().some(({ branchId }) => branchId === toBranchId);
      if (!isElsewhere) return err({ code: "BRANCH_NOT_FOUND" });
      return writeMove(tx, requestId, by, { item: gift(giftId), cards: null, move: { why: "sent", pieces, toBranchId } });
    });

/** Takes in a parcel from another branch. Two counters that do it apart have taken in one parcel: the movement has one id. */
export const makeTakeInParcel =
  ({ store }: Ports) =>
  ({ requestId, sentMoveId, pieces }: TakeInInput, by: Operator): Result<StockLine, MoveRefusal | { code: "PARCEL_NOT_FOUND" }> =>
    store.write((tx): Result<StockLine, MoveRefusal | { code: "PARCEL_NOT_FOUND" }> => {
      const sent = tx.stock.find(sentMoveId);
      const isForUs = sent?.why === "sent" && sent.otherBranchId === requireIdentity(tx).branchId;
      const isTakenIn = tx.stock.find(arrivalOf(sentMoveId)) !== undefined && !tx.operations.find(requestId);
      if (!isForUs || isTakenIn) return err({ code: "PARCEL_NOT_FOUND" });
      const move = { why: "arrived", pieces, fromBranchId: sent.branchId, sentMoveId } as const;
      return writeMove(tx, requestId, by, { item: gift(sent.itemId), cards: null, move });
    });
