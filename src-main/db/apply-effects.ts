import { assertNever } from "#shared/std/assert-never.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import type { Holder } from "#shared/domain/ledger/lots.ts";
import { memberRecord } from "#shared/domain/members/member.ts";
import { stockMove } from "#shared/domain/stock/stock-move.ts";
import type { Purchase } from "./stores/receipts.ts";
import type { Tables } from "./tables.ts";

/**
 * Writes what an operation of this station does, inside the transaction that stores it.
 *
 * @param own the right whose account is kept; none for what an earlier life did, whose rights are no longer ours
 */
export function applyEffects(to: Tables, op: Operation, own: Holder | undefined, eventDate: string, effects: readonly Effect[]): void {
  let line = 0;
  for (const effect of effects) {
    switch (effect.kind) {
      case "openLot":
        to.ledger.openLot(effect.lot);
        break;
      case "move":
        to.ledger.move(own, { opId: op.opId, line, eventDate }, effect);
        line += 2;
        break;
      case "undo":
        to.operations.undo(effect.undoes, op.opId);
        to.receipts.free(effect.undoes);
        break;
      case "debt":
        throw new Error("only head office books a debt");
      default:
        applyRowEffect(to, effect);
    }
  }
}

export type RowEffect = Exclude<Effect, { readonly kind: "openLot" | "move" | "undo" | "debt" }>;
export const isRowEffect = (effect: Effect): effect is RowEffect =>
  effect.kind === "putRecord" || effect.kind === "bindCard" || effect.kind === "blockCard";

/** The part that is replayed when the feed brings a newer version of the row under an unsettled edit. */
export function applyRowEffect(to: Tables, effect: RowEffect): void {
  switch (effect.kind) {
    case "putRecord":
      putRecord(to, effect);
      break;
    case "bindCard":
      to.cards.put({
        cardNumber: effect.cardNumber,
        cardKind: effect.cardKind,
        memberId: effect.memberId,
        state: "active",
        blockedReason: null,
        blockedOn: null,
        mainCard: effect.mainCard,
      });
      break;
    case "blockCard":
      to.cards.block(effect);
      break;
    default:
      assertNever(effect);
  }
}

function putRecord(to: Tables, { record, id, fields }: Extract<RowEffect, { kind: "putRecord" }>): void {
  switch (record) {
    case "member": {
      // A database that is being rebuilt has none of head office's rows yet: the edit waits for the row it was made in.
      const whole = memberRecord.safeParse({ ...to.members.find(id), ...fields });
      if (whole.success) to.members.put(whole.data);
      break;
    }
    case "purchase":
      to.receipts.enter(id, fields as Purchase);
      break;
    case "shift":
      to.shifts.closed(id);
      break;
    case "stockMove":
      to.stock.put(stockMove.parse(fields));
      break;
    case "refund":
    case "loss":
    case "missedRow":
      throw new Error(`only head office keeps a ${record}`);
    case "lapse":
    case "inactivity":
      throw new Error("no station lets points expire");
    case "period":
      throw new Error("no station closes a period");
    default:
      to.records.patch(record, id, fields);
  }
}
