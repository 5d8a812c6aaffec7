import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { listPoolsAct } from "#shared/contracts/acts/pools.ts";
import { fenceStationAct, giveBackAct, listStationsAct } from "#shared/contracts/acts/stations.ts";
import { refusal, value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { poolsOf } from "./support/pools.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const { makePool, joinPool, leavePool } = poolsOf(places);
const ask: ReturnType<typeof places.world.admin>["act"] = (by, act, input) => places.world.admin().act(by, act, input);
const by = () => places.world.company.administrator;

async function fetchAt(station: typeof places.a, memberId: string, points: number) {
  const drawn = await station.ask((counter) => counter.draw({ requestId: uuidv7(), memberId, points }));
  if (!drawn) throw new Error("the counter has not answered");
  return drawn;
}

/** Two of a household at home at A, who give all that they earn: so many points each. */
async function household(first: number, second: number) {
  const { a, world, join, award, everybodyHears } = places;
  const poolId = await makePool("三楼");
  const [one, two] = [join(a), join(a)];
  await everybodyHears();
  for (const member of [one, two]) expectOk(await joinPool(poolId, member, 100));
  await everybodyHears();
  value(award(a, one.memberId, first));
  // On another day: what is older is spent first.
  world.nextDay();
  value(award(a, two.memberId, second));
  await everybodyHears();
  return { poolId, one, two };
}

it("24. a purchase gives its share to the pool, rounded down, and the rest stays the member's own", async () => {
  const { a, join, award, balanceAt, everybodyHears } = places;
  const poolId = await makePool("阳光公司");
  const member = join(a);
  await everybodyHears();
  expectOk(await joinPool(poolId, member, 30));
  await everybodyHears();
  // 101 × 30 % = 30.3: 30 for the pool, which wait at head office from the first moment.
  value(award(a, member.memberId, 101));
  expect(balanceAt(a, member.memberId).spendableHere).toBe(71);
  await everybodyHears();
  expect(balanceAt(a, member.memberId)).toMatchObject({
    balance: 71,
    shared: { name: "阳光公司", kind: "household", sharePercent: 30, balance: 30 },
  });
  const explained = value(a.counter().explain({ memberId: member.memberId, figure: "shared" }));
  expect(explained).toMatchObject({ total: 30, lines: [{ kind: "poolFigure", points: 30, detail: "阳光公司" }] });
  expect(await places.world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("24. what one of them gave, the other spends, from what lies here and without a line", async () => {
  const { a, balanceAt, redeem, everybodyHears } = places;
  const { one, two } = await household(100, 60);
  expect(balanceAt(a, two.memberId)).toMatchObject({ balance: 0, spendableHere: 0, shared: { balance: 160 } });
  expect(value(await fetchAt(a, two.memberId, 160)).granted).toBe(160);
  expect(balanceAt(a, two.memberId).spendableHere).toBe(160);
  // Three glasses of tea cost 120: the 100 of the first, which are older, and 20 of their own.
  const redeemed = value(redeem(a, two.memberId, 3));
  expect(redeemed.member.balance).toMatchObject({ balance: 0, spendableHere: 40, shared: { balance: 40, spendableHere: 40 } });
  expect(refusal(redeem(a, one.memberId, 2)).code).toBe("INSUFFICIENT_POINTS");
  value(a.counter().voidMovement({ requestId: uuidv7(), undoes: redeemed.opId, reason: "换了主意" }, a.clerk));
  expect(balanceAt(a, one.memberId).shared).toMatchObject({ balance: 160, spendableHere: 160 });
  await everybodyHears();
  expect(balanceAt(a, one.memberId).shared?.balance).toBe(160);
  expect(await places.world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("24. leaving takes effect at once for what lies at head office, and for what A holds once A has handed it back", async () => {
  const { a, b, balanceAt, redeem, everybodyHears } = places;
  const { poolId, one, two } = await household(300, 200);
  value(await fetchAt(a, two.memberId, 120));

  expect(expectOk(await leavePool(poolId, one))).toEqual({ taken: 180, owed: 120 });
  // A has not heard: it goes on until it is recalled, and a glass of tea costs the leaver's points.
  value(redeem(a, two.memberId, 1));
  await b.exchange();
  const { pools } = expectOk(await ask(by(), listPoolsAct, {}));
  expect(pools.find((pool) => pool.poolId === poolId)).toMatchObject({
    balance: 200,
    members: [{ memberNumber: two.memberNumber, sharePercent: 100 }],
    owed: [{ memberNumber: one.memberNumber, points: 120 }],
  });

  await a.exchange();
  expect(balanceAt(a, one.memberId).shared).toBeNull();
  await everybodyHears();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 260, leftInPools: [], shared: null });
  expect(balanceAt(a, two.memberId)).toMatchObject({ balance: 0, shared: { balance: 200 } });
  expect(await places.world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("24. while a branch holds a leaver's points, the member's card says how many and where", async () => {
  const { a, b, balanceAt, join, everybodyHears } = places;
  const { poolId, one, two } = await household(150, 50);
  const guest = join(b);
  await everybodyHears();
  expectOk(await joinPool(poolId, guest, 0));
  await everybodyHears();
  value(await fetchAt(b, guest.memberId, 120));
  await leavePool(poolId, one);
  await a.exchange();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 30, leftInPools: [{ pool: "三楼", points: 120 }] });
  // B hears that it is asked, answers, and A hears of that.
  await everybodyHears();
  await a.exchange();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 150, leftInPools: [] });
  expect(balanceAt(a, two.memberId).shared?.balance).toBe(50);
});

it("24. what is held where nobody is heard any more comes to the leaver with the giving back of the fence", async () => {
  const { a, b, world, balanceAt, join, everybodyHears } = places;
  const { poolId, one } = await household(150, 50);
  const guest = join(b);
  await everybodyHears();
  expectOk(await joinPool(poolId, guest, 0));
  await everybodyHears();
  value(await fetchAt(b, guest.memberId, 120));
  await leavePool(poolId, one);

  const listed = async () => expectOk(await ask(by(), listStationsAct, {})).stations.find(({ replica }) => replica === b.replica);
  const rights = (await listed())?.rights ?? { points: 0, members: 0 };
  expectOk(await ask(by(), fenceStationAct, { requestId: uuidv7(), replica: b.replica, shown: rights }));
  const { incarnation = "", setAside = { points: 0, members: 0 } } = (await listed())?.ended.at(-1) ?? {};
  expectOk(await ask(by(), giveBackAct, { requestId: uuidv7(), replica: b.replica, incarnation, shown: setAside }));
  await a.exchange();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 150, leftInPools: [] });
  expect(await world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("24. a purchase that is undone takes back what it had given to the pool, and so do goods that come back", async () => {
  const { a, award, balanceAt, everybodyHears } = places;
  const { one } = await household(100, 60);
  const wrong = value(award(a, one.memberId, 900));
  await everybodyHears();
  expect(balanceAt(a, one.memberId).shared?.balance).toBe(1060);
  value(a.counter().voidMovement({ requestId: uuidv7(), undoes: wrong.opId, reason: "多打了一个零" }, a.clerk));
  await everybodyHears();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 0, debt: 0, shared: { balance: 160 } });

  value(award(a, one.memberId, 80, { receiptNumber: "SHARED-BACK" }));
  await everybodyHears();
  const asked = { requestId: uuidv7(), receiptNumber: "SHARED-BACK", amountFen: 4000, reason: "goods came back" };
  value(a.counter().askRefund(asked, a.clerk));
  await everybodyHears();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 0, debt: 0, shared: { balance: 200 } });
});

it("24. nobody is in two pools, and nobody leaves one that they are not in", async () => {
  const { a, join, everybodyHears } = places;
  const { one } = await household(10, 10);
  const other = await makePool("二楼");
  expect(await joinPool(other, one, 50)).toMatchObject({ ok: false, error: { code: "IN_A_POOL", data: { name: "三楼" } } });
  expect(await joinPool(uuidv7(), one, 50)).toMatchObject({ ok: false, error: { code: "POOL_NOT_FOUND" } });
  expect(await joinPool(other, { ...one, memberNumber: "X-0" }, 50)).toMatchObject({ ok: false, error: { code: "NUMBER_UNKNOWN" } });
  const stranger = join(a);
  await everybodyHears();
  expect(await leavePool(other, stranger)).toMatchObject({ ok: false, error: { code: "NOT_IN_THIS_POOL" } });
});
