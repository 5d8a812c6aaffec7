import { uuidv7 } from "uuidv7";
import {
  comparePeopleAct,
  listPeopleAct,
  mergePeopleAct,
  previewSplitAct,
  splitPeopleAct,
  type PersonView,
} from "#shared/contracts/acts/people.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import type { World } from "#test/sim/world/world.ts";

const shownOf = (people: readonly PersonView[]) => people.map(({ memberId, balance }) => ({ memberId, balance }));

/** What somebody at head office does about members who may be one person, at head office's own door. */
export function officeFor(world: () => World) {
  const { act } = {
    act: ((who, type, input) => world().admin().act(who, type, input)) as ReturnType<World["admin"]>["act"],
  };
  const by = () => world().company.administrator;
  const compare = async (one: MemberCard, other: MemberCard) =>
    expectOk(await act(by(), comparePeopleAct, { numbers: [one.memberNumber, other.memberNumber] }));
  const previewSplit = async (merged: MemberCard) => expectOk(await act(by(), previewSplitAct, { mergedId: merged.memberId }));
  return {
    list: async () => expectOk(await act(by(), listPeopleAct, {})),
    compare,
    previewSplit,
    /** Looks at both first, as the screen does. @param keepCardOf whose main card stays */
    merge: async (stays: MemberCard, merged: MemberCard, keepCardOf: MemberCard | null = stays) => {
      const shown = shownOf((await compare(stays, merged)).members);
      const asked = { requestId: uuidv7(), memberId: stays.memberId, mergedId: merged.memberId, shown };
      return act(by(), mergePeopleAct, { ...asked, keepCardOf: keepCardOf?.memberId ?? null });
    },
    mergeAsShown: (stays: MemberCard, merged: MemberCard, balances: readonly [number, number]) =>
      act(by(), mergePeopleAct, {
        requestId: uuidv7(),
        memberId: stays.memberId,
        mergedId: merged.memberId,
        keepCardOf: stays.memberId,
        shown: [
          { memberId: stays.memberId, balance: balances[0] },
          { memberId: merged.memberId, balance: balances[1] },
        ],
      }),
    split: async (merged: MemberCard) => {
      const shown = shownOf((await previewSplit(merged)).members);
      return act(by(), splitPeopleAct, { requestId: uuidv7(), mergedId: merged.memberId, shown });
    },
  };
}
