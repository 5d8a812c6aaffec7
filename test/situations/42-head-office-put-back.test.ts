import { beforeEach, describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { closeMissingAct, goOnAct, recoveryStateAct, type RecoveryState } from "#shared/contracts/acts/recovery.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

async function recovery(): Promise<RecoveryState> {
  const { world } = places;
  return value(await world.admin().act(world.company.administrator, recoveryStateAct, {}));
}

const draw = (station: Outpost, memberId: string, points: number) =>
  station.ask((counter) => counter.draw({ requestId: uuidv7(), memberId, points }));

/** Every test begins where all has been heard and nothing is missing. */
beforeEach(() => places.everybodyHears());

describe("42. what head office lost with its tail", () => {
  it("is sent again, and stands in the books once", async () => {
    const { a, b, world, join, award, redeem, balanceAt, everybodyHears } = places;
    const { memberId } = join(a);
    value(award(a, memberId, 400));
    await everybodyHears();
    await world.disk.backup();
    value(award(a, memberId, 30));
    value(redeem(a, memberId, 2));
    await everybodyHears();
    const log = a.log().map(({ opId }) => opId);

    await world.putBackHeadOffice();
    await everybodyHears();
    await everybodyHears();
    expect(a.log().map(({ opId }) => opId)).toEqual(log);
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 350, notExchanged: 0 });
    expect([a, b].map((station) => station.status().sync.refusedBy)).toEqual([null, null]);
  });

  it("is charged where the points lie now, when they were granted in it and spent since", async () => {
    const { a, world, join, award, redeem, balanceAt, everybodyHears } = places;
    const lastRedemption = () => a.log().findLast(({ type }) => type === "points.redeem");
    const { memberId } = join(a);
    value(award(a, memberId, 700));
    await a.exchange();
    await world.disk.backup();
    // What the counter holds beyond its own share was granted behind the backup.
    value(redeem(a, memberId, 5));
    await a.exchange();
    await a.exchange();
    const { spendableHere } = balanceAt(a, memberId);
    value(redeem(a, memberId, Math.floor(spendableHere / 40)));

    await world.putBackHeadOffice();
    await everybodyHears();
    await everybodyHears();
    // Head office does not remember that it granted them: they are found in its pool, and somebody may look.
    expect(lastRedemption()).toMatchObject({ state: "flagged", stateCode: "AFTER_PUT_BACK" });
    const left = 700 - 200 - Math.floor(spendableHere / 40) * 40;
    expect(balanceAt(a, memberId)).toMatchObject({ balance: left, notExchanged: 0 });
  });

  it("is waited for: what another counter may have been granted is granted to nobody, so that it is not spent twice", async () => {
    const { a, b, world, knownAtBoth, redeem, balanceAt, everybodyHears } = places;
    const { memberId } = await knownAtBoth(900);
    await world.disk.backup();
    // In what is lost B drew all that head office had, and goes on spending it while nobody hears it.
    expect(await draw(b, memberId, 900)).toMatchObject({ ok: true });
    await b.exchange();
    const atB = balanceAt(b, memberId).spendableHere;
    expect(atB).toBeGreaterThan(300);
    value(redeem(b, memberId, Math.floor(atB / 40)));

    await world.putBackHeadOffice();
    await a.exchange();
    await a.exchange();
    expect(await recovery()).toMatchObject({ awaited: [{ branch: "B" }] });
    expect(await draw(a, memberId, 900)).toMatchObject({ ok: false, error: { code: "HEAD_OFFICE_RECOVERING" } });
    // What A could spend by head office's books nobody else can have been granted.
    expect(balanceAt(a, memberId).spendableHere).toBe(500);

    await everybodyHears();
    expect(await recovery()).toMatchObject({ sinceMs: null });
    await everybodyHears();
    expect(balanceAt(a, memberId).balance).toBe(901 - Math.floor(atB / 40) * 40);
  });

  it("is not paid by the company while another counter may still tell where the points came from", async () => {
    const { a, world, knownAtBoth, redeem, balanceAt, everybodyHears } = places;
    const { memberId } = await knownAtBoth(900);
    await world.disk.backup();
    // B hands back what it may spend, A gets it and spends all: head office remembers neither.
    await a.ask((counter) => counter.draw({ requestId: uuidv7(), memberId, points: 901, mayRecall: true }));
    await everybodyHears();
    await everybodyHears();
    expect(balanceAt(a, memberId).spendableHere).toBe(901);
    value(redeem(a, memberId, 22));
    const spent = a.log().at(-1)?.opId;

    await world.putBackHeadOffice();
    await a.exchange();
    expect(a.log().find(({ opId }) => opId === spent)).toMatchObject({ state: "parked", stateCode: "BOOKS_RECOVERING" });
    // What is kept for it is not to be spent a second time.
    expect(balanceAt(a, memberId).spendableHere).toBe(0);
    await everybodyHears();
    await everybodyHears();
    expect(a.log().find(({ opId }) => opId === spent)?.state).toBe("flagged");
    expect(await world.disk.look((tx) => tx.records.ofKind("loss"))).toEqual([]);
  });
});

it("42. a manager goes on without a counter that is not heard, and rights are granted again", async () => {
  const { a, world, join, award, balanceAt, everybodyHears } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 700));
  await everybodyHears();
  await world.disk.backup();
  await world.putBackHeadOffice();
  await a.exchange();
  const { administrator } = world.company;
  const goOn = (without: number) => world.admin().act(administrator, goOnAct, { requestId: uuidv7(), without });
  expect(await goOn(2)).toMatchObject({ ok: false, error: { code: "AWAITED_CHANGED" } });
  value(await goOn(1));
  expect(await goOn(1)).toMatchObject({ ok: false, error: { code: "NOT_RECOVERING" } });
  expect(await draw(a, memberId, 600)).toMatchObject({ ok: true });
  await a.exchange();
  expect(balanceAt(a, memberId).spendableHere).toBeGreaterThanOrEqual(600);
});

it("42. a copy of which nobody said that it is one is found out by the first counter that knows more", async () => {
  const { a, world, join, award, balanceAt, everybodyHears } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 300));
  await everybodyHears();
  await world.disk.backup();
  value(award(a, memberId, 45));
  await everybodyHears();

  await world.putBackHeadOffice({ isSaid: false });
  expect(await recovery()).toMatchObject({ sinceMs: null });
  await a.exchange();
  expect(await recovery()).toMatchObject({ awaited: [{ branch: "B" }] });
  await everybodyHears();
  await everybodyHears();
  expect(await recovery()).toMatchObject({ sinceMs: null });
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 345, notExchanged: 0 });
});

it("42. what was done at head office and is lost stands on a list, until somebody has done it once more", async () => {
  const { world, everybodyHears } = places;
  await everybodyHears();
  await world.disk.backup();
  value(await world.publishRule({ ruleId: "spend", version: 7, name: { "zh-CN": "消费积分", "en-US": "Spend and earn" } }));
  await everybodyHears();

  await world.putBackHeadOffice();
  await everybodyHears();
  const { missing } = await recovery();
  expect(missing).toEqual([
    {
      kind: "rule",
      id: "spend/7",
      name: "消费积分 / Spend and earn v7",
      toldAtMs: expect.any(Number),
      toldBy: "A",
    },
  ]);
  const close = () => world.admin().act(world.company.administrator, closeMissingAct, { requestId: uuidv7(), kind: "rule", id: "spend/7" });
  value(await close());
  expect((await recovery()).missing).toEqual([]);
  expect(await close()).toMatchObject({ ok: false, error: { code: "NOTHING_MISSING" } });
  expect((await world.admin().verify()).damaged).toEqual([]);
});
