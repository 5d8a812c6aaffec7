import type { AssignedCards } from "#shared/contracts/stock.ts";
import { cardsIn } from "#shared/domain/cards/card-span.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** Which blank cards head office gave to whom, branch by branch, and what it can give, as this station last heard. */
export const makeListRanges =
  ({ store }: Ports) =>
  (): AssignedCards =>
    store.read((view) => {
      const branches = view.branches
        .all()
        .map(({ branchId, code, name }) => ({ branchId, code, name }))
        .toSorted((a, b) => (a.code < b.code ? -1 : 1));
      const kinds = view.cards.kinds();
      const ranges = branches.flatMap(({ branchId }) =>
        view.cards
          .ranges()
          .filter((range) => range.branchId === branchId)
          .toSorted((a, b) => (a.first < b.first ? -1 : 1)),
      );
      return {
        branches,
        // Blank cards are given out by the numbers on them; a tag has none.
        kinds: kinds.filter(({ media }) => media === "magstripe").map(({ kind, name }) => ({ kind, name })),
        ranges: ranges.flatMap((range) => {
          const kind = kinds.find((each) => each.kind === range.cardKind);
          return kind ? { ...range, cards: cardsIn(kind, range) } : [];
        }),
      };
    });
