import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { countRefundAct, listQueueAct, noteEntryAct } from "#shared/contracts/acts/queue.ts";
import { value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** A purchase of so many yuan at A, which both branches may take goods of back. */
async function soldAtA(receiptNumber: string, yuan: number): Promise<string> {
  const { memberId } = places.join(places.a);
  value(places.award(places.a, memberId, yuan, { receiptNumber }));
  await places.a.exchange();
  return memberId;
}
const takeBack = (station: Outpost, receiptNumber: string, yuan: number, reason: string) =>
  value(station.counter().askRefund({ requestId: uuidv7(), receiptNumber, amountFen: yuan * 100, reason }, station.clerk));
const office = () => ({ act: places.world.admin().act, by: places.world.company.administrator });
async function inQueue(receiptNumber: string) {
  const { flagged } = expectOk(await office().act(office().by, listQueueAct, {}));
  return flagged.lines.filter((line) => line.receiptNumber === receiptNumber);
}
const mine = (station: Outpost, receiptNumber: string) =>
  station
    .counter()
    .listRequests()
    .mine.filter(({ reference }) => reference === receiptNumber);

it("12. the same goods taken back at A and at B count once: the first refund counts, and the second stands beside it with both receipts and both operators", async () => {
  const { a, b, balanceAt, everybodyHears, lastVerdict } = places;
  const memberId = await soldAtA("A-7002", 100);
  // One jacket of the receipt, at both counters while they do not hear each other.
  for (const station of [a, b]) takeBack(station, "A-7002", 40, "jacket came back");
  await b.exchange();
  await a.exchange();
  expect(mine(b, "A-7002")).toMatchObject([{ state: "done", points: -40 }]);
  expect(mine(a, "A-7002")).toMatchObject([{ state: "refused", code: "REFUNDED_TWICE" }]);
  expect(lastVerdict(a)).toBe("flagged REFUNDED_TWICE");
  expect(balanceAt(a, memberId).balance).toBe(60);

  const [second, ...others] = await inQueue("A-7002");
  expect(others).toEqual([]);
  const shown = [second, second?.other].map((entry) => [entry?.branch, entry?.by, entry?.receiptNumber, entry?.refundFen, entry?.points]);
  expect(shown).toEqual([
    ["分店A", a.clerk.displayName, "A-7002", 4_000, null],
    ["分店B", b.clerk.displayName, "A-7002", 4_000, -40],
  ]);
  expect(second?.memberNumber).toBe(second?.other?.memberNumber);

  // They were the same goods: whoever looked says so, the counter reads it, and nothing moves.
  const { replica, incarnation, seq } = second ?? { replica: 0, incarnation: "", seq: 0 };
  expectOk(await office().act(office().by, noteEntryAct, { requestId: uuidv7(), replica, incarnation, seq, reason: "同一件外套" }));
  await everybodyHears();
  expect(await inQueue("A-7002")).toEqual([]);
  expect(balanceAt(a, memberId).balance).toBe(60);
});

it("12. were they other goods, the second refund counts too, as far as it is not more than was paid", async () => {
  const { a, b, balanceAt, everybodyHears } = places;
  const memberId = await soldAtA("A-7003", 100);
  for (const station of [a, b]) takeBack(station, "A-7003", 40, "one of two shirts");
  takeBack(b, "A-7003", 30, "a tie");
  await everybodyHears();
  // The tie is other goods as far as anybody can tell; a shirt at each counter may be one.
  expect(balanceAt(a, memberId).balance).toBe(30);
  const [shirt, ...others] = await inQueue("A-7003");
  expect(others).toEqual([]);
  const placeOf = ({ replica = 0, incarnation = "", seq = 0 }: Partial<NonNullable<typeof shirt>> = {}) => ({ replica, incarnation, seq });
  const count = (line: typeof shirt) =>
    office().act(office().by, countRefundAct, { requestId: uuidv7(), ...placeOf(line), reason: "两件衬衫" });
  expect(await count(shirt)).toMatchObject({ ok: false, error: { code: "STILL_HELD_BACK", data: { why: "MORE_THAN_PAID" } } });

  const other = await soldAtA("A-7004", 100);
  for (const station of [a, b]) takeBack(station, "A-7004", 40, "one of two shirts");
  for (const station of [a, b]) await station.exchange();
  const [second] = await inQueue("A-7004");
  expect(expectOk(await count(second))).toEqual({ points: 40 });
  expect(await count(second)).toMatchObject({ ok: false, error: { code: "NOT_HELD_BACK" } });
  await everybodyHears();
  expect(mine(b, "A-7004")).toMatchObject([{ state: "done", code: null, points: -40 }]);
  expect(balanceAt(a, other).balance).toBe(20);
  expect(await inQueue("A-7004")).toEqual([]);
});

it("12. where both asked before head office had heard of the sale, the one that was asked first counts, and the other is told later", async () => {
  const { a, b, join, award, balanceAt, everybodyHears, world } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 100, { receiptNumber: "A-7005" }));
  takeBack(b, "A-7005", 100, "came back");
  await b.exchange();
  expect(mine(b, "A-7005")).toMatchObject([{ state: "open" }]);
  await world.timeline.advance(1_000);
  takeBack(a, "A-7005", 100, "came back");
  await everybodyHears();
  expect(mine(b, "A-7005")).toMatchObject([{ state: "done", points: -100 }]);
  expect(mine(a, "A-7005")).toMatchObject([{ state: "refused", code: "REFUNDED_TWICE" }]);
  expect(balanceAt(a, memberId).balance).toBe(0);
  expect((await inQueue("A-7005")).map(({ branch, other }) => [branch, other?.branch])).toEqual([["分店A", "分店B"]]);
});
