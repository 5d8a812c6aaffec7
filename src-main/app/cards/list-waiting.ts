import type { WaitingMember } from "#shared/contracts/cards.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

const shownMax = 200;

/**
 * Who waits for a card at this branch. The list is what the books say and nothing else remembers it, so that issuing in a row goes on where
 * it stopped after a power cut, and at another counter.
 */
export const makeListWaiting =
  ({ store }: Ports) =>
  (): { members: WaitingMember[]; total: number } =>
    store.read((view) => {
      const { members, total } = view.members.withoutCard(requireIdentity(view).branchId, shownMax);
      // Who joined twice waits once, and not where either card works.
      const without = members.filter(
        ({ memberId }) =>
          view.members.current(memberId) === memberId && !view.cards.ofMember(memberId).some(({ state }) => state === "active"),
      );
      const waiting = without.map(({ memberId, memberNumber, name, createdAtMs }) => ({
        memberId,
        memberNumber,
        name,
        joinedAtMs: createdAtMs,
      }));
      return { members: waiting, total: total - (members.length - waiting.length) };
    });
