import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { refusal, value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("19. of two cards that replace a main card at A and at B one stays; the other works until its branch has heard, and is then to be handed in", async () => {
  const { world, a, b, knownAtBoth, memberAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(50);
  const replace = (station: Outpost): string => {
    const number = world.newCardNumber();
    const asked = { requestId: uuidv7(), memberId, reason: "lost", newCard: { number } };
    value(station.counter().blockCard(asked, station.manager));
    return number;
  };
  const atA = replace(a);
  await world.timeline.advance(minuteMs);
  const atB = replace(b);
  const identify = (station: Outpost, number: string) => station.counter().identifyCard({ card: { number } });
  expect(value(identify(b, atB)).memberId).toBe(memberId);

  await everybodyHears();
  const codes = b.log().map(({ stateCode }) => stateCode);
  expect(codes).toContain("SECOND_MAIN_CARD");
  for (const station of [a, b]) {
    expect(memberAt(station, memberId).card).toMatchObject({ state: "active", last4: atA.slice(-4) });
    expect(value(identify(station, atA)).memberId).toBe(memberId);
    expect(refusal(identify(station, atB))).toMatchObject({ code: "CARD_UNKNOWN_HERE" });
  }
});
