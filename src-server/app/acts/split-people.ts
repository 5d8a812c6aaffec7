import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork, type Work } from "#server/app/operations/work.ts";
import { openPersonViews } from "#server/app/people/person-view.ts";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { previewSplitAct, splitPeopleAct, SplitPreview } from "#shared/contracts/acts/people.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { noAliases } from "#shared/domain/members/alias.ts";
import { memberMerge, memberSplit } from "#shared/domain/members/merge-ops.ts";
import { dataOf, type OperationType } from "#shared/domain/operations/declare.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { changedSince } from "./merge-people.ts";

/** What each would have. */
export const previewSplit: ActHandler<typeof previewSplitAct> = async ({ ports: { machine, identity }, tx }, { mergedId }) => {
  const work = await openWork(tx, machine, identity, { memberIds: [mergedId], withHistory: true });
  const before = await previewOf(work, mergedId);
  return before ? ok(before) : err({ code: work.books.records.find("member", mergedId) ? "NOT_MERGED" : "MEMBER_NOT_FOUND" });
};

/**
 * Makes two members of one again. Nothing moves: each has what stands under their own names, and what was spent of it meanwhile is spent. A card
 * that was blocked with the merge stays so.
 */
export const splitPeople: ActHandler<typeof splitPeopleAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, mergedId, shown } = input;
  const work = await openWork(tx, machine, identity, { memberIds: [mergedId], withHistory: true });
  const { books, own } = work;
  if (!books.records.find("member", mergedId)) return err({ code: "MEMBER_NOT_FOUND" });
  const before = await previewOf(work, mergedId);
  const merged = books.alias(mergedId);
  const memberId = merged?.mergedInto ?? null;
  if (!before || !merged || memberId === null) return err({ code: "NOT_MERGED" });
  const balances = changedSince(shown, before.members);
  if (balances) return err({ code: "PEOPLE_CHANGED", balances });

  const stays = books.alias(memberId) ?? noAliases(memberId);
  await own.write(memberSplit, {
    opId: requestId,
    by: by.staffId,
    d: {
      memberId,
      mergedId,
      aliases: [
        { ...stays, absorbed: stays.absorbed.filter((id) => id !== mergedId), partedFrom: [...stays.partedFrom, mergedId] },
        { ...merged, mergedInto: null, mergedBy: null, partedFrom: [...merged.partedFrom, memberId] },
      ],
      unclear: before.unclear.map(({ opId }) => opId),
    },
  });
  await finishWork(work);
  return ok(before);
};

/** @returns undefined for a member who stands for no other */
async function previewOf(work: Work, mergedId: string): Promise<SplitPreview | undefined> {
  const { books } = work;
  const alias = books.alias(mergedId);
  if (!alias || alias.mergedInto === null) return undefined;
  const below = (id: string): readonly string[] => [id, ...(books.alias(id)?.absorbed ?? []).flatMap(below)];
  const leaving = below(mergedId);
  const staying = books.namesOf(mergedId).filter((name) => !leaving.includes(name));
  const viewPerson = await openPersonViews(work);
  return {
    members: [viewPerson(staying), viewPerson(leaving)],
    unclear: await unclearAwards(work, staying, alias.mergedBy),
  };
}

/**
 * Awards are written under the name whose card was in force. A card that was handed out while they were one says nothing of whose it is: what was
 * awarded since under the name that stays is for a person to look at.
 */
async function unclearAwards({ books, tx }: Work, staying: readonly string[], mergedBy: string | null): Promise<SplitPreview["unclear"]> {
  const [merge] = mergedBy === null ? [] : await tx.inbox.find([mergedBy]);
  const known = (merge && readAs(merge, memberMerge))?.cards ?? [];
  const [memberId = ""] = staying;
  const isNew = books.cardsOf(memberId).some((card) => staying.includes(card.memberId) && !known.includes(card.cardNumber));
  if (!merge || !isNew) return [];
  const causes = books.lotsOf(memberId).flatMap((lot) => (staying.includes(lot.memberId) ? lot.causeOpId : []));
  const heard = await tx.inbox.find([...new Set(causes)]);
  return heard.flatMap((stored) => {
    const award = stored.receivedAtMs > merge.receivedAtMs ? readAs(stored, pointsAward) : undefined;
    return award
      ? [{ opId: stored.opId, receiptNumber: award.purchase.receiptNumber, points: award.points, earnedOn: award.earnedOn }]
      : [];
  });
}

function readAs<D>(stored: JudgedOperation, type: OperationType<D>): D | undefined {
  const op = readBytes(stored, stored);
  return op.ok ? dataOf(op.value, type) : undefined;
}
