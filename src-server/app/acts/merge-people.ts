import { finishWork } from "#server/app/operations/finish-work.ts";
import { repayFromPool } from "#server/app/operations/follow-ups.ts";
import { findMember, openWork } from "#server/app/operations/work.ts";
import { openPersonViews } from "#server/app/people/person-view.ts";
import type { mergePeopleAct, PersonView } from "#shared/contracts/acts/people.ts";
import { noAliases } from "#shared/domain/members/alias.ts";
import { memberMerge } from "#shared/domain/members/merge-ops.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

type Shown = readonly { readonly memberId: string; readonly balance: number }[];

/** The figures on the screen are those that count. @returns what they are now, where they are others */
export function changedSince(shown: Shown, members: readonly PersonView[]): { memberId: string; balance: number }[] | undefined {
  const isAsShown = members.every(({ memberId, balance }) => shown.some((each) => each.memberId === memberId && each.balance === balance));
  return isAsShown ? undefined : members.map(({ memberId, balance }) => ({ memberId, balance }));
}

/** Makes one member of two that are one person. */
export const mergePeople: ActHandler<typeof mergePeopleAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, memberId, mergedId, keepCardOf, shown } = input;
  const work = await openWork(tx, machine, identity, { memberIds: [memberId, mergedId] });
  const { books, own } = work;
  if (!findMember(work, memberId) || !findMember(work, mergedId)) return err({ code: "MEMBER_NOT_FOUND" });
  if (books.isSamePerson(memberId, mergedId)) return err({ code: "SAME_MEMBER" });
  const viewPerson = await openPersonViews(work);
  const both = [memberId, mergedId].map((each) => viewPerson(books.namesOf(each)));
  const balances = changedSince(shown, both);
  if (balances) return err({ code: "PEOPLE_CHANGED", balances });

  const mainCards = [memberId, mergedId].flatMap(
    (each) => books.cardsOf(each).find(({ state, mainCard }) => state === "active" && mainCard === null) ?? [],
  );
  const isToChoose = mainCards.length > 1;
  const isChosen = keepCardOf === memberId || keepCardOf === mergedId;
  if (isToChoose && !isChosen) return err({ code: "CARD_NOT_CHOSEN" });
  const blocked = isToChoose ? mainCards.find((card) => !books.isSamePerson(card.memberId, keepCardOf ?? "")) : undefined;
  const blockedCard = blocked ? (both.find(({ card }) => card?.last4 === blocked.cardNumber.slice(-4))?.card ?? null) : null;

  const stays = books.alias(memberId) ?? noAliases(memberId);
  const merged = books.alias(mergedId) ?? noAliases(mergedId);
  await own.write(memberMerge, {
    opId: requestId,
    by: by.staffId,
    d: {
      memberId,
      mergedId,
      aliases: [
        { ...stays, absorbed: [...stays.absorbed, mergedId], partedFrom: stays.partedFrom.filter((id) => id !== mergedId) },
        { ...merged, mergedInto: memberId, mergedBy: requestId, partedFrom: merged.partedFrom.filter((id) => id !== memberId) },
      ],
      cards: books
        .cardsOf(memberId)
        .concat(books.cardsOf(mergedId))
        .map(({ cardNumber }) => cardNumber),
      blocks: blocked?.cardNumber ?? null,
    },
  });
  await repayFromPool(work, memberId);
  await finishWork(work);
  return ok({ member: viewPerson(books.namesOf(memberId)), blockedCard });
};
