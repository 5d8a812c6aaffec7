import { findMember, type Work } from "#server/app/operations/work.ts";
import type { PersonView } from "#shared/contracts/acts/people.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { cardKind } from "#shared/domain/cards/card-kind.ts";
import { hasLapsed, isUnspent } from "#shared/domain/ledger/lots.ts";
import { maskPhone } from "#shared/domain/members/masking.ts";

/** Shows what stands in the books under some names of one person, of which the first is the member's own. */
export type ViewPerson = (names: readonly string[]) => PersonView;

export async function openPersonViews(work: Work): Promise<ViewPerson> {
  const { books, tx } = work;
  const branches = (await tx.records.ofKind("branch")).map(({ doc }) => branchRecord.parse(doc));
  const kinds = (await tx.records.ofKind("cardKind")).map(({ doc }) => cardKind.parse(doc));
  return (names) => {
    const [memberId = "", ...others] = names;
    const member = findMember(work, memberId);
    if (!member) throw new Error("a member without a record is compared with another");
    const isTheirs = (owner: string): boolean => names.includes(owner);
    const card = books
      .cardsOf(memberId)
      .find(({ memberId: owner, state, mainCard }) => state === "active" && mainCard === null && isTheirs(owner));
    const debt = names.reduce((sum, name) => sum + books.debtUnder(name), 0);
    return {
      memberId,
      memberNumber: member.memberNumber,
      alsoNumbered: others.flatMap((name) => findMember(work, name)?.memberNumber ?? []),
      name: member.name,
      phonesMasked: member.phones.map(maskPhone),
      birthday: member.birthday,
      address: member.address,
      homeBranch: branches.find(({ branchId }) => branchId === member.homeBranch)?.name ?? member.homeBranch,
      joinedAtMs: member.createdAtMs,
      balance: unspentOf(work, memberId, isTheirs) - debt,
      debt,
      card: card
        ? {
            kindName: kinds.find(({ kind }) => kind === card.cardKind)?.name ?? { "zh-CN": card.cardKind, "en-US": card.cardKind },
            last4: card.cardNumber.slice(-4),
          }
        : null,
    };
  };
}

/** What lapsed is counted by nobody. */
function unspentOf({ books, today }: Work, memberId: string, isTheirs: (owner: string) => boolean): number {
  let points = 0;
  for (const lot of books.lotsOf(memberId)) {
    if (!isTheirs(lot.memberId) || hasLapsed(lot, today)) continue;
    for (const [holder, amount] of books.holdersOf(lot.lotId)) if (isUnspent(holder)) points += amount;
  }
  return points;
}
