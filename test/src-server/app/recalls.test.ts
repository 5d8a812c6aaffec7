import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";
import { companyWithFences } from "../../situations/support/fencing.ts";

/** What head office makes of rights that it has called back. */
const places = companyWithFences();
let a: SimulatedStation;
let b: SimulatedStation;
let member: string;
beforeEach(async () => {
  a = await places.company.station("A");
  b = await places.company.station("B");
  member = await places.memberAt(a, 500);
});

async function recall(want: number, drawId = newId({ clock: places.company.clock, random: randomBytes })) {
  const { replica, incarnation } = b;
  return expectOk(
    await places.company.office.sync.draw(b.token(), { drawId, replica, incarnation, memberId: member, want, mayRecall: true }),
  );
}
/** What a station has been told of: what it is asked for, or what it waits for. */
async function told(station: SimulatedStation) {
  await station.pull();
  return [...station.rows].flatMap(([key, row]) =>
    key.startsWith("recall/") ? [row as { recallId: string; state: string; points: number }] : [],
  );
}
const answer = (recallId: string, lines: readonly { lotId: string; points: number }[]): string =>
  a.say({ type: "rights.release", d: { memberId: member, why: "recalled", recallId, lines } });

describe("rights that head office calls back", () => {
  it("are asked for once, however often the same question comes, and of whoever has them", async () => {
    const drawId = newId({ clock: places.company.clock, random: randomBytes });
    expect(await recall(300, drawId)).toEqual({ granted: 0, recalled: 300 });
    expect(await recall(300, drawId)).toEqual({ granted: 0, recalled: 300 });
    expect(await recall(400)).toEqual({ granted: 0, recalled: 400 });
    expect((await told(a)).map(({ points }) => points)).toEqual([300, 100]);
    // Nobody has more than that: the rest of a wish is not asked of anybody.
    expect(await recall(900)).toEqual({ granted: 0, recalled: 500 });
  });

  it("are not waited for any longer once whoever has them is taken for dead", async () => {
    await recall(300);
    expect(await told(b)).toMatchObject([{ state: "open" }]);
    await places.fence(a);
    expect(await told(b)).toMatchObject([{ state: "dropped" }]);
    expect(await recall(300)).toEqual({ granted: 0, recalled: 0 });
    expect(await places.company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("come from nobody who was not asked, and answer nothing that was not asked", async () => {
    await recall(300);
    const [asked] = await told(a);
    b.say({ type: "rights.release", d: { memberId: member, why: "recalled", recallId: asked?.recallId, lines: [] } });
    expect((await b.push()).results).toMatchObject([{ verdict: "quarantined", code: "NOT_THE_HOLDER" }]);
    answer(randomUUID(), []);
    expect((await a.push()).results).toMatchObject([{ verdict: "quarantined" }]);
  });

  it("pay a debt of their member before anybody else gets them", async () => {
    const lot = a.operations.find(({ type }) => type === "points.award");
    a.redeem(member, 100);
    a.voidAward(member, lot?.opId ?? "", 500);
    const second = a.award(member, 80);
    await a.push();
    await recall(50);
    await a.pull();
    const [asked] = await told(a);
    // The award that came in is A's right; the debt of 100 is head office's to collect as soon as something comes back.
    answer(asked?.recallId ?? "", [{ lotId: second, points: 50 }]);
    expect((await a.push()).results).toMatchObject([{ verdict: "applied" }]);
    await b.pull();
    expect(b.spendable(member)).toBe(0);
    expect(a.row("balance", member)).toMatchObject({ debt: 100 });
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ debt: 50 });
  });
});
