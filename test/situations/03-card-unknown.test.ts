import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { refusal, value } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
let receipts = 0;

const rule = (station: Outpost) => {
  const found = station
    .counter()
    .listRules()
    .find(({ ruleId }) => ruleId === "spend");
  if (!found) throw new Error("no rule has arrived");
  return found;
};
function keep(station: Outpost, number: string, said: { readonly yuan?: number; readonly receiptNumber?: string } = {}) {
  const { yuan = 60, receiptNumber = `K${++receipts}` } = said;
  const { ruleId, version: ruleVersion } = rule(station);
  const purchase = { receiptNumber, amountFen: yuan * 100 };
  return station.counter().keepPurchase({ requestId: uuidv7(), card: { number }, purchase, ruleId, ruleVersion }, station.clerk);
}
const kept = (station: Outpost, receiptNumber: string) =>
  station
    .counter()
    .keptPurchases()
    .purchases.find((purchase) => purchase.receiptNumber === receiptNumber);

it("3. a card that nobody here knows, but of ours: the purchase is kept, and its points follow when head office knows the card", async () => {
  const { a, b, join, balanceAt, everybodyHears, world } = places;
  const number = world.newCardNumber();
  // B has given the card to somebody, and A has not heard of it.
  const { memberId } = join(b, { number });
  expect(refusal(a.counter().identifyCard({ card: { number } }))).toMatchObject({ code: "CARD_UNKNOWN_HERE" });
  value(keep(a, number, { receiptNumber: "K-3-1" }));
  expect(kept(a, "K-3-1")).toMatchObject({ state: "open", last4: number.slice(-4), points: 60, memberId: null, needsAttention: false });
  await a.exchange();
  expect(places.lastVerdict(a)).toBe("applied");
  expect(kept(a, "K-3-1")).toMatchObject({ state: "open" });

  await b.exchange();
  await everybodyHears();
  expect(kept(a, "K-3-1")).toMatchObject({ state: "awarded", points: 60, memberId });
  expect(balanceAt(b, memberId).balance).toBe(60);
});

it("3. where head office knew the card already, the points are there with the next exchange", async () => {
  const { a, b, join, balanceAt, world } = places;
  const number = world.newCardNumber();
  const { memberId } = join(b, { number });
  await b.exchange();
  value(keep(a, number, { receiptNumber: "K-3-2" }));
  await a.exchange();
  await b.exchange();
  expect(kept(a, "K-3-2")).toMatchObject({ state: "awarded", memberId });
  expect(balanceAt(b, memberId).balance).toBe(60);
});

it("3. one paper earns once: at this counter it is refused, and head office closes what another counter had entered", async () => {
  const { a, b, join, award, balanceAt, everybodyHears, world } = places;
  const number = world.newCardNumber();
  const { memberId } = join(b, { number });
  value(award(b, memberId, 60, { receiptNumber: "K-3-3" }));
  await b.exchange();
  value(keep(a, number, { receiptNumber: "K-3-3" }));
  expect(refusal(keep(a, number, { receiptNumber: "K-3-3" }))).toMatchObject({ code: "RECEIPT_USED" });
  await everybodyHears();
  expect(kept(a, "K-3-3")).toMatchObject({ state: "closed", code: "RECEIPT_ELSEWHERE" });
  expect(balanceAt(b, memberId).balance).toBe(60);
});

it("3. a card that nobody takes in thirty days is for somebody at the counter to ask about", async () => {
  const { a, world } = places;
  value(keep(a, world.newCardNumber(), { receiptNumber: "K-3-4" }));
  await a.exchange();
  world.timeline.sleepThrough(31 * dayMs);
  await a.exchange();
  expect(kept(a, "K-3-4")).toMatchObject({ state: "open", needsAttention: true });
});

it("3. what is not a card of ours, or is somebody's here, is not kept", () => {
  const { a, join, world } = places;
  const number = world.newCardNumber();
  join(a, { number });
  expect(refusal(keep(a, "123456789"))).toMatchObject({ code: "CARD_NOT_RECOGNISED" });
  expect(refusal(keep(a, number))).toMatchObject({ code: "CARD_TAKEN" });
});
