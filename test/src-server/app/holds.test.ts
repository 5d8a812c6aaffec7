import { beforeEach, describe, expect, it } from "vitest";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";
import { companyWithFences } from "../../situations/support/fencing.ts";

/** What head office makes of holds; that the books hold is asked after each. */
const places = companyWithFences();
let a: SimulatedStation;
let b: SimulatedStation;
beforeEach(async () => {
  a = await places.company.station("A");
  b = await places.company.station("B");
});

const verdicts = async (station: SimulatedStation): Promise<readonly string[]> =>
  (await station.push()).results.map(({ verdict, code }) => `${verdict} ${code ?? ""}`.trim());
async function booksHold(): Promise<void> {
  expect(await places.company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
}
/** Nothing is left in head office's pool: what B is not given was placed at another counter before. */
async function drawAllToB(member: string): Promise<void> {
  expectOk(await b.draw(member, 1000));
  await b.pull();
}

describe("a hold at head office", () => {
  it("is the member's, is nobody's to spend, and is told to every branch that knows the member", async () => {
    const member = await places.memberAt(a, 500);
    const held = a.hold(member, 120);
    expect(await verdicts(a)).toEqual(["applied"]);
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 500, held: 120, heldAt: [{ branchId: a.branchId, points: 120 }] });
    expect(a.row("hold", held.opId)).toMatchObject({ state: "held", points: 120, heldBy: a.incarnation });
    expect(expectOk(await b.draw(member, 500)).granted).toBe(0);

    a.confirmHold(member, held);
    expect(await verdicts(a)).toEqual(["applied"]);
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 380, held: 0 });
    expect(a.row("hold", held.opId)?.state).toBe("confirmed");
    await booksHold();
  });

  it("ends once and as it was made, whatever a station says", async () => {
    const member = await places.memberAt(a, 500);
    const [first, second] = [a.hold(member, 100), a.hold(member, 100)];
    const half = { ...second, lines: second.lines.map((line) => ({ ...line, points: 50 })) };
    a.confirmHold(member, first);
    expect(await verdicts(a)).toEqual(["applied", "applied", "applied"]);
    a.confirmHold(member, first);
    expect(await verdicts(a)).toEqual(["quarantined NOT_HELD"]);
    const other = await places.memberAt(a, 300);
    b.confirmHold(other, { opId: second.opId, lines: second.lines });
    expect(await verdicts(b)).toEqual(["quarantined NOT_HELD"]);
    a.cancelHold(member, half);
    // What would be refused by itself waits behind what was: both move points of one member.
    expect(await verdicts(a)).toEqual(["parked WAITS_BEHIND"]);
    const third = await places.memberAt(a, 500);
    const whole = a.hold(third, 100);
    a.cancelHold(third, { ...whole, lines: whole.lines.map((line) => ({ ...line, points: 50 })) });
    expect((await verdicts(a))[1]).toMatch(/^quarantined/);
    await booksHold();
  });

  it("is ended by a clerk's own word nowhere: the station cannot have allowed it", async () => {
    const member = await places.memberAt(a, 500);
    const { opId, lines } = a.hold(member, 100);
    a.say({ type: "points.cancel", d: { holdId: opId, memberId: member, lines, saidBy: { by: "person" } } });
    expect(await verdicts(a)).toEqual(["applied", "quarantined NEVER_PERMITTED"]);
  });
});

describe("a hold of a life that was taken for dead", () => {
  it("is set aside with the rest, and given back with it: nothing waits for ever", async () => {
    const member = await places.memberAt(a, 500);
    const held = a.hold(member, 120);
    await a.push();
    expect(await places.fence(a)).toMatchObject({ points: 500 });
    expect(await places.giveBack(a)).toEqual({ points: 500, members: 1 });
    await a.hello();
    await a.pull();
    expect(a.row("hold", held.opId)?.state).toBe("givenBack");
    expect(a.row("balance", member)).toMatchObject({ balance: 500, held: 0, setAside: [] });
    await booksHold();
  });

  it("was carried out all the same: it is charged to what was set aside, or costs at most what was given back", async () => {
    for (const isGivenBack of [false, true]) {
      const member = await places.memberAt(a, 500);
      const held = a.hold(member, 120);
      await a.push();
      a.confirmHold(member, held);
      await places.fence(a);
      if (isGivenBack) {
        await places.giveBack(a);
        await drawAllToB(member);
      }
      await a.hello();
      expect(await verdicts(a)).toEqual([isGivenBack ? "flagged AFTER_FENCE" : "applied"]);
      expect((await places.seenFenced(a)).lost).toBe(isGivenBack ? 120 : 0);
      await booksHold();
      a = await places.company.station("A");
    }
  });

  it("was cancelled after it had cost the company something: the points are nobody's a second time", async () => {
    const member = await places.memberAt(a, 200);
    await places.fence(a);
    await places.giveBack(a);
    await drawAllToB(member);
    const held = a.hold(member, 200);
    await a.hello();
    expect(await verdicts(a)).toEqual(["flagged AFTER_FENCE"]);
    expect((await places.seenFenced(a)).lost).toBe(200);

    a.cancelHold(member, held);
    expect(await verdicts(a)).toEqual(["applied"]);
    expect((await places.seenFenced(a)).lost).toBe(0);
    await a.pull();
    expect(a.row("balance", member)?.balance).toBe(200);
    await booksHold();
  });

  it("was confirmed and undone, each after the fence: one redemption, one credit, no loss left", async () => {
    const member = await places.memberAt(a, 200);
    await places.fence(a);
    await places.giveBack(a);
    await drawAllToB(member);
    const held = a.hold(member, 200);
    const opId = a.confirmHold(member, held);
    a.say({
      type: "points.void_redeem",
      d: { undoes: opId, memberId: member, points: 200, lines: held.lines, holdId: held.opId },
      personal: { salt: "salt", reason: "returned" },
    });
    await a.hello();
    expect(await verdicts(a)).toEqual(["flagged AFTER_FENCE", "applied", "applied"]);
    expect((await places.seenFenced(a)).lost).toBe(0);
    await booksHold();
  });
});
