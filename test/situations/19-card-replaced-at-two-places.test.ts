import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { listQueueAct } from "#shared/contracts/acts/queue.ts";
import { value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** The member's main card is reported lost, and another one handed out. */
function replace(station: Outpost, memberId: string): string {
  const number = places.world.newCardNumber();
  value(station.counter().blockCard({ requestId: uuidv7(), memberId, reason: "lost", newCard: { number } }, station.manager));
  return number;
}
const swiped = (station: Outpost, number: string) => value(station.counter().identifyCard({ card: { number } }));
const flaggedAt = (station: Outpost) => station.log().filter(({ stateCode }) => stateCode === "SECOND_MAIN_CARD");

/** What the branch has to do, as its manager finds it in the queue. */
async function tasks(branch: string) {
  const { flagged } = expectOk(await places.world.admin().act(places.world.company.administrator, listQueueAct, {}));
  return flagged.lines.filter((line) => line.branch === branch && line.code === "SECOND_MAIN_CARD");
}

it.each([
  { heardFirst: "the branch that was earlier", order: (first: Outpost, second: Outpost) => [first, second] },
  { heardFirst: "the branch that was later", order: (first: Outpost, second: Outpost) => [second, first] },
])(
  "19. of two cards that replace a main card at A and at B the earlier one stays, though head office first hears of $heardFirst; the other works until its branch has heard, and is then to be handed in",
  async ({ order }) => {
    const { world, a, b, knownAtBoth, award, memberAt, balanceAt, everybodyHears } = places;
    const { memberId } = await knownAtBoth(50);
    const before = (await tasks("分店B")).length;
    const atA = replace(a, memberId);
    await world.timeline.advance(minuteMs);
    const atB = replace(b, memberId);
    for (const [station, number] of [[a, atA] as const, [b, atB] as const]) {
      expect(swiped(station, number)).toMatchObject({ memberId, swipedCardState: "active", card: { last4: number.slice(-4) } });
      value(award(station, memberId, 10));
    }

    for (const station of order(a, b)) await station.exchange();
    await everybodyHears();
    for (const station of [a, b]) {
      expect(memberAt(station, memberId).card).toMatchObject({ state: "active", last4: atA.slice(-4) });
      expect(swiped(station, atA)).toMatchObject({ memberId, swipedCardState: "active", swipedIsSecondCard: false });
      expect(swiped(station, atB)).toMatchObject({ memberId, swipedCardState: "blocked", swipedIsSecondCard: true });
      // What was earned with either card is the member's.
      expect(balanceAt(station, memberId).balance).toBe(71);
    }
    // B, whose customer has the void card, reads what to do; A has nothing to do, and nobody is told of lost cards.
    expect(flaggedAt(b)).toHaveLength(before + 1);
    expect(flaggedAt(a)).toEqual([]);
    expect(b.log().some(({ stateCode }) => stateCode === "AFTER_BLOCK")).toBe(false);
    const [task, ...others] = await tasks("分店B");
    expect(others).toHaveLength(before);
    expect(task).toMatchObject({ type: "card.issue", memberNumber: memberAt(b, memberId).memberNumber, by: b.manager.displayName });
  },
);
