import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
/** What is promised to whoever has lost a card. */
const withinMs = 5_000;

it("18. a card that is blocked at A is blocked at B, which is online, within five seconds: the block itself wakes B's poll", async () => {
  const { world, a, b, join } = places;
  const number = world.newCardNumber();
  const { memberId } = join(a, { number });
  await a.exchange();
  let heardAfterMs: number | undefined;
  await b.online([], async (station) => {
    await station.exchangeNow();
    const cardAtB = () => station.ports.store.read((view) => view.directory.findByCard(number)?.cards[0]?.state);
    expect(cardAtB()).toBe("active");
    // From here on B only listens.
    await world.timeline.settle();
    const blockedAtMs = world.timeline.nowMs();
    const heard = new Promise<void>((resolve) => {
      station.subscribe((event) => event.type === "memberChanged" && cardAtB() === "blocked" && resolve());
    });
    value(a.counter().blockCard({ requestId: uuidv7(), memberId, reason: "lost" }, a.manager));
    await a.exchange();
    await heard;
    heardAfterMs = world.timeline.nowMs() - blockedAtMs;
  });
  expect(heardAfterMs).toBeLessThanOrEqual(withinMs);
});
