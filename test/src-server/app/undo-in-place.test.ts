import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";
import { companyWithFences } from "../../situations/support/fencing.ts";

/** What head office undoes because the life that wrote it goes on no more. */
const places = companyWithFences();
let a: SimulatedStation;
let b: SimulatedStation;
let member: string;
beforeEach(async () => {
  a = await places.company.station("A");
  b = await places.company.station("B");
  member = await places.memberAt(a, 300);
});

/** B asks for what A wrote last. */
async function askAtB(): Promise<string> {
  const { seq, opId: entry } = a.operations.at(-1) ?? { seq: 0, opId: "" };
  const opId = newId({ clock: places.company.clock, random: randomBytes });
  b.say({
    opId,
    type: "void.request",
    entity: { kind: "request", id: opId },
    d: { requestId: opId, slip: { replica: a.replica, seq, tail: entry.slice(-4) }, memberId: member },
    personal: { salt: "AA==", reason: "wrong gift" },
  });
  await b.push();
  await b.pull();
  return opId;
}
const requestOf = async (id: string) => {
  await b.pull();
  return b.row("request", id);
};
async function booksHold(): Promise<void> {
  expect(await places.company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
}

describe("a void that nobody but head office can write", () => {
  it("of a redemption gives the points to the pool, at the moment of the fence or of the question, whichever is later", async () => {
    for (const isAskedFirst of [true, false]) {
      const points = isAskedFirst ? 100 : 50;
      a.redeem(member, points);
      await a.push();
      const request = isAskedFirst ? await askAtB() : "";
      expect((await requestOf(request))?.state).toBe(isAskedFirst ? "sent" : undefined);
      await places.fence(a);
      const answered = isAskedFirst ? request : await askAtB();
      expect(await requestOf(answered)).toMatchObject({ state: "done", points, memberId: member });
      a = await places.company.station("A");
      member = await places.memberAt(a, 300);
    }
    await booksHold();
  });

  it("of an award that the branch had spent of, unheard, is owed by whoever spent, and costs the company nothing", async () => {
    const award = a.award(member, 200);
    await a.push();
    await askAtB();
    a.redeemLines(member, [{ lotId: award, points: 120 }]);
    await places.fence(a);
    await a.hello();
    expect((await a.push()).results).toMatchObject([{ verdict: "flagged", code: "AFTER_FENCE" }]);
    await a.pull();
    expect(a.row("balance", member)?.balance).toBe(180);
    expect((await places.seenFenced(a)).lost).toBe(0);
    await booksHold();
  });

  it("of an award takes what was set aside of its lot, then the pool's part, and what is spent already is owed", async () => {
    const award = a.award(member, 200, { toRight: 120 });
    await a.push();
    const request = await askAtB();
    await a.pull();
    await places.fence(a);
    expect(await requestOf(request)).toMatchObject({ state: "done", points: -200, opId: award });
    await a.hello();
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 300, debt: 0 });
    await booksHold();
  });

  it("of a redemption that the company had paid for gives nobody points a second time", async () => {
    await places.fence(a);
    await places.giveBack(a);
    expectOk(await b.draw(member, 1000));
    a.redeem(member, 300);
    await a.hello();
    await a.push();
    expect((await places.seenFenced(a)).lost).toBe(300);
    expect(await requestOf(await askAtB())).toMatchObject({ state: "done", points: 0 });
    expect((await places.seenFenced(a)).lost).toBe(0);
    await booksHold();
  });
});
