import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { assignCardRangeAct } from "#shared/contracts/acts/stock.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { cardKind } from "#shared/domain/cards/card-kind.ts";
import { cardRange } from "#shared/domain/cards/card-range.ts";
import { cardsIn, doOverlap, spanBetween } from "#shared/domain/cards/card-span.ts";
import { identifyCard } from "#shared/domain/cards/identify-card.ts";
import { cardRangeAssign } from "#shared/domain/cards/ops.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

/** Gives blank cards to a branch. A number is one branch's to hand out, so that two of them never issue the same card. */
export const assignCardRange: ActHandler<typeof assignCardRangeAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, branch: branchCode, lowAt } = input;
  const branch = await tx.records.branchCoded(branchCode);
  if (!branch) return err({ code: "BRANCH_NOT_FOUND" });
  const kinds = (await tx.records.ofKind("cardKind")).map(({ doc }) => cardKind.parse(doc));
  const kind = kinds.find((each) => each.kind === input.cardKind);
  if (!kind) return err({ code: "CARD_KIND_NOT_FOUND" });
  const isOurs = (typedNumber: string): boolean => {
    const card = identifyCard({ typedNumber }, kinds);
    return /^\d+$/.test(typedNumber) && card.ok && card.value.kind === kind.kind;
  };
  if (!isOurs(input.first) || !isOurs(input.last)) return err({ code: "CARD_NOT_RECOGNISED" });

  const span = spanBetween(input.first, input.last);
  const ranges = (await tx.records.ofKind("cardRange")).map(({ doc }) => cardRange.parse(doc));
  const same = ranges.find((range) => range.first === span.first && range.last === span.last);
  const other = ranges.find((range) => range !== same && doOverlap(range, span));
  if (other) {
    const [owner] = await tx.records.find([{ kind: "branch", id: other.branchId }]);
    return err({ code: "RANGE_OVERLAPS", branch: owner ? branchRecord.parse(owner.doc).name : other.branchId });
  }
  const rangeId = same?.rangeId ?? requestId;
  const work = await openWork(tx, machine, identity, { records: [{ kind: "cardRange", id: rangeId }] });
  const d = { rangeId, branchId: branch.id, cardKind: kind.kind, ...span, lowAt };
  await work.own.write(cardRangeAssign, { opId: requestId, by: by.staffId, d });
  await finishWork(work);
  return ok({ rangeId, cards: cardsIn(kind, span) });
};
