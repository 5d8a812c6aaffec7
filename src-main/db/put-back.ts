import type { ExchangeWriting } from "#main/app/ports/exchange-store.ts";
import { Fault } from "#main/app/ports/fault.ts";
import { serialOf } from "#shared/domain/members/member-number.ts";
import { memberCreate } from "#shared/domain/members/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { hashBehind } from "#shared/domain/operations/encode.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { writeOperation } from "./append-operation.ts";
import { isRowEffect, type RowEffect } from "./apply-effects.ts";
import { genesisOf, livesOf } from "./lives.ts";
import { sha256 } from "./sha256.ts";
import type { Tables, Touched } from "./tables.ts";

/** @see ExchangeWriting.putBack */
export const makePutBack =
  (tables: Tables, touched: Touched): ExchangeWriting["putBack"] =>
  (incarnation, recovered) => {
    const { identity, operations, meta, cursors, receipts } = tables;
    const self = identity.require();
    const life = livesOf(self).find((each) => each.incarnation === incarnation);
    if (life?.operations === undefined) throw new Error("only an earlier life is put back");
    const end = life.before + life.operations;
    operations.makeRoomAfter(end, recovered.length);
    // The feed brings the rows as they are now; a receipt that was entered once more meanwhile is in force already.
    const isLost = (effect: RowEffect): boolean => {
      if (effect.kind !== "putRecord") return false;
      const { receiptNumber } = effect.fields;
      const isNewReceipt = typeof receiptNumber === "string" && !receipts.find(receiptNumber);
      return effect.record === "shift" || (effect.record === "purchase" && isNewReceipt);
    };
    let prev = (life.operations === 0 ? undefined : operations.hashAt(end)) ?? genesisOf(self, life);
    for (const [i, { op, result }] of recovered.entries()) {
      const seq = life.operations + 1 + i;
      const stored = { ...op, prev };
      const read = readBytes(stored, stored);
      const meaning = read.ok ? effectsOf(read.value) : read;
      const isItself = Buffer.compare(hashBehind(sha256, prev, stored), stored.hash) === 0;
      if (op.seq !== seq || op.incarnation !== incarnation || !isItself || !read.ok || !meaning.ok)
        throw new Fault("REPLAY_BROKEN", { message: `operation ${op.seq} does not follow what is there` });
      const effects = meaning.value.effects.filter((effect) => !isRowEffect(effect) || isLost(effect));
      const position = end + 1 + i;
      const eventDate = businessDateOf(read.value.body.at);
      writeOperation(tables, stored, read.value, { ...meaning.value, effects }, { position, eventDate, own: undefined });
      operations.settle(position, result);
      touched.operations.push(stored);
      const made = dataOf(read.value, memberCreate);
      if (made) meta.put("memberSerial", Math.max(meta.int("memberSerial"), serialOf(made.memberNumber)));
      prev = stored.hash;
    }
    const at = cursors.all();
    for (const stream of new Set(recovered.flatMap(({ result }) => result.settle?.s ?? []))) operations.settleUpTo(stream, at[stream] ?? 0);
    const earlierLives = self.earlierLives.map((earlier) =>
      earlier.incarnation === incarnation
        ? { ...earlier, operations: earlier.operations + recovered.length, forkedAt: earlier.forkedAt ?? earlier.operations }
        : earlier,
    );
    identity.put({ ...self, earlierLives });
    touched.changedFacts = true;
    touched.wroteOperations = true;
  };
