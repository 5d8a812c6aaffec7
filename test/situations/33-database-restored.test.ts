import { expect, it } from "vitest";
import { copyOf } from "#test/sim/world/station-files.ts";
import { value, refusal } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** A member of A with 500 points, a copy of A's file, and behind it 200 points spent and 7 earned, all of it exchanged. */
async function backedUp(receiptNumber: string) {
  const { a, join, award, redeem } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 500));
  await a.exchange();
  const backup = a.backUp();
  value(redeem(a, memberId, 5));
  value(award(a, memberId, 7, { receiptNumber }));
  await a.exchange();
  return { memberId, backup, life: a.incarnation, log: a.log().map(({ opId }) => opId) };
}

it("33. a database put back from a backup awards at once and spends what it may after first contact, and what it lost comes back", async () => {
  const { a, award, redeem, balanceAt } = places;
  const { memberId, backup, life, log } = await backedUp("lost 1");
  // The record beside the file says that it has been further.
  await a.putBack(backup, true);
  value(award(a, memberId, 11));
  expect(balanceAt(a, memberId)).toMatchObject({ spendableHere: 11, awaitsContact: true });
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 11 });

  await a.exchange();
  await a.exchange();
  expect(a.incarnation).not.toBe(life);
  const now = a.log().map(({ opId }) => opId);
  expect(now.slice(0, log.length)).toEqual(log);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 318, spendableHere: 318, notExchanged: 0, awaitsContact: false });
  expect(refusal(award(a, memberId, 7, { receiptNumber: "lost 1" }))).toMatchObject({ code: "RECEIPT_USED" });
});

it("33. a database put back unnoticed is told by head office that it has been further, and goes on in the same way", async () => {
  const { a, balanceAt } = places;
  const { memberId, backup, life, log } = await backedUp("lost 2");
  await a.putBack(backup, false);
  await a.exchange();
  await a.exchange();
  expect(a.incarnation).not.toBe(life);
  expect(a.log().map(({ opId }) => opId)).toEqual(log);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 307, spendableHere: 307, notExchanged: 0 });
});

it("33. what a counter did on an older copy before anybody noticed counts once, and so does what the copy had lost", async () => {
  const { a, award, redeem, balanceAt, lastVerdict } = places;
  const { memberId, backup, life, log } = await backedUp("lost 3");
  await a.putBack(backup, false);
  // 300 of the 500 that the copy knows are still the member's: the counter cannot know, and spends 120 of them.
  value(award(a, memberId, 9));
  value(redeem(a, memberId, 3));
  const onTheCopy = a.log().slice(-2);
  await a.exchange();
  await a.exchange();

  expect(a.incarnation).not.toBe(life);
  expect(a.status().sync.refusedBy).toBeNull();
  expect(a.log().map(({ opId }) => opId)).toEqual([...log, ...onTheCopy.map(({ opId }) => opId)]);
  expect(lastVerdict(a)).toBe("applied");
  expect(a.counter().exchangeOverview().putBack).toMatchObject({ apart: 2, isComplete: true });
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 307 + 9 - 120, spendableHere: 307 + 9 - 120, notExchanged: 0 });
});

it("33. of two computers that run on copies of one database one goes on, and the other is told to be enrolled anew", async () => {
  const { a, join, award, redeem, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 100));
  await a.exchange();
  const original = a.backUp();
  // The copy is found out by the computer it is on.
  await a.putBack(a.backUp(), true);
  await a.exchange();
  await a.exchange();
  expect(balanceAt(a, memberId).spendableHere).toBe(100);
  const copy = a.backUp();

  await a.putBack(original, false);
  await a.exchange();
  expect(a.status().sync.refusedBy).toBe("SUPERSEDED");
  await a.putBack(copy, false);
  await a.exchange();
  expect(a.status().sync.refusedBy).toBeNull();
  value(redeem(a, memberId, 2));
});

it("33. a copy that is put back a second time goes on by itself once more, and nothing of the day between is lost", async () => {
  const { a, award, redeem, balanceAt } = places;
  const { memberId, backup } = await backedUp("lost 4");
  await a.putBack(copyOf(backup), false);
  value(award(a, memberId, 9));
  await a.exchange();
  await a.exchange();
  value(award(a, memberId, 4, { receiptNumber: "between" }));
  await a.exchange();
  const between = { life: a.incarnation, ids: new Set(a.log().map(({ opId }) => opId)) };

  await a.putBack(backup, false);
  value(award(a, memberId, 6));
  value(redeem(a, memberId, 2));
  await a.exchange();
  await a.exchange();
  expect(a.status().sync.refusedBy).toBeNull();
  expect(a.incarnation).not.toBe(between.life);
  const balance = 307 + 9 + 4 + 6 - 80;
  expect(balanceAt(a, memberId)).toMatchObject({ balance, spendableHere: balance, notExchanged: 0 });
  const now = new Set(a.log().map(({ opId }) => opId));
  expect([...between.ids].filter((opId) => !now.has(opId))).toEqual([]);
  expect(refusal(award(a, memberId, 4, { receiptNumber: "between" }))).toMatchObject({ code: "RECEIPT_USED" });
});

it("33. of two computers with the same disk that serve at the same time one goes on, the other is told, and what both did stands once", async () => {
  const { a, join, award, redeem, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 200));
  await a.exchange();
  let asleep = a.backUp();
  /** The other computer's turn. */
  const change = async (): Promise<void> => {
    const woken = asleep;
    asleep = a.backUp();
    await a.putBack(woken, false);
  };

  value(award(a, memberId, 10));
  await a.exchange();
  await change();
  value(award(a, memberId, 20));
  value(redeem(a, memberId, 1));
  await a.exchange();
  await a.exchange();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 200 + 10 + 20 - 40, notExchanged: 0 });
  await change();
  // The first computer has not heard of any of it, and spends what it holds.
  value(award(a, memberId, 30));
  const spentTwice = value(redeem(a, memberId, 1));
  await a.exchange();
  expect(a.status().sync.refusedBy).toBe("SUPERSEDED");
  expect(a.status().sync.waitingOperations).toBe(0);
  // What it spent is the other one's to spend by now, so the company pays.
  expect(a.log().find(({ opId }) => opId === spentTwice.opId)).toMatchObject({ state: "flagged", stateCode: "AFTER_PUT_BACK" });
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0 });
  // Purchases are not turned away there either.
  value(award(a, memberId, 1));
  await a.exchange();
  expect(a.status().sync.waitingOperations).toBe(0);
  await change();
  await a.exchange();
  await a.exchange();
  expect(a.status().sync.refusedBy).toBeNull();
  const balance = 200 + 10 + 20 + 30 + 1 - 40;
  expect(balanceAt(a, memberId)).toMatchObject({ balance, notExchanged: 0 });
  value(redeem(a, memberId, 1));
});
