import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import type { ActType, InputOf } from "#shared/contracts/acts/act-type.ts";
import { givePurchaseAct, listQueueAct, putPurchaseAwayAct } from "#shared/contracts/acts/queue.ts";
import { attentionAfterMs } from "#shared/domain/earning/kept-purchase.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { startMemoryHeadOffice } from "#test/sim/memory-store/memory-head-office.ts";
import { setUpBranches, type OfficeWithBranches } from "#test/support/company.ts";
import { dayMs, makeHandClock } from "#test/support/hand-clock.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

let company: OfficeWithBranches;
beforeAll(async () => {
  const clock = makeHandClock();
  const { office } = await startMemoryHeadOffice({ clock, random: randomBytes, log: () => undefined });
  company = await setUpBranches(office, clock);
});

const anId = () => newId({ clock: company.clock, random: randomBytes });
const administrator = (): Operator => ({
  staffId: company.administrator,
  userName: "admin",
  displayName: "管理员",
  role: "administrator",
  branchId: null,
});
async function managerOf(branch: string): Promise<Operator> {
  const userName = `manager ${anId()}`;
  const staffId = await company.hire(userName, "manager", branch);
  return { staffId, userName, displayName: userName, role: "manager", branchId: company.branchIds[branch] ?? "" };
}
const act = <A extends ActType>(type: A, input: Omit<InputOf<A>, "requestId">, by = administrator()) =>
  company.office.admin.act(by, type, { ...(type.isQuestion ? {} : { requestId: anId() }), ...input } as InputOf<A>);
const unclaimed = async (by = administrator()) => expectOk(await act(listQueueAct, {}, by)).unclaimed.lines;

/** A purchase of 60 yuan with a card that this counter knows nobody for. */
function keep(station: SimulatedStation, cardNumber: string, receiptNumber: string, ruleId = "spend"): string {
  // Each a moment later than the one before.
  company.clock.advance(1);
  const opId = anId();
  const purchase = { receiptNumber, amountFen: 6_000 };
  const d = { cardNumber, purchase, ruleId, ruleVersion: 1, boughtOn: company.clock.today() };
  station.say({ opId, type: "purchase.keep", entity: { kind: "keptPurchase", id: opId }, d });
  return opId;
}

/** After days without a word a station says hello first. */
async function hear(station: SimulatedStation): Promise<void> {
  await station.hello();
  await station.pull();
}

it("3. thirty days later every counter of the branch is asked about the card, none elsewhere, and all see when somebody takes it", async () => {
  const [counter1, counter2, elsewhere] = [await company.station("A"), await company.station("A"), await company.station("B")];
  const kept = keep(counter1, "6200000000000777", "K-3-9");
  await counter1.push();
  company.clock.advance(29 * dayMs);
  await company.office.runJobs();
  await hear(counter2);
  expect(counter2.row("keptPurchase", kept)).toBeUndefined();

  company.clock.advance(2 * dayMs);
  await company.office.runJobs();
  for (const station of [counter1, counter2, elsewhere]) await hear(station);
  expect(counter2.row("keptPurchase", kept)).toMatchObject({ state: "open", receiptNumber: "K-3-9", replica: counter1.replica });
  expect(elsewhere.row("keptPurchase", kept)).toBeUndefined();

  // The customer comes to the other branch, which gave the card out.
  const member = elsewhere.createMember("33000000077");
  elsewhere.issueCard(member, "6200000000000777");
  await elsewhere.push();
  for (const station of [counter1, counter2]) {
    await station.pull();
    expect(station.row("keptPurchase", kept)).toMatchObject({ state: "awarded", memberId: member, points: 60 });
  }
});

it("3. what nobody has claimed for thirty days is given to a member by somebody at head office, as of its own day, or put away with a reason that the branch reads", async () => {
  const counter = await company.station("A");
  const member = counter.createMember("33000000078");
  const boughtOn = company.clock.today();
  const [given, proposed, nobodys] = [
    keep(counter, "6200000000000781", "K-3-10"),
    keep(counter, "6200000000000782", "K-3-11", "large"),
    keep(counter, "6200000000000783", "K-3-12"),
  ];
  await counter.push();
  const ofThese = async (by?: Operator) =>
    (await unclaimed(by)).filter(({ purchaseId }) => [given, proposed, nobodys].includes(purchaseId));
  expect(await ofThese()).toEqual([]);
  // As long as it may settle itself nobody decides about it.
  expect(await act(putPurchaseAwayAct, { purchaseId: nobodys, reason: "too early" })).toMatchObject({ error: { code: "NOT_HELD_BACK" } });

  company.clock.advance(attentionAfterMs + 1);
  await company.office.runJobs();
  const [ofA, ofB] = [await managerOf("A"), await managerOf("B")];
  expect(await ofThese(ofA)).toMatchObject([
    { purchaseId: given, branch: "分店A", last4: "0781", receiptNumber: "K-3-10", amountFen: 6_000, boughtOn, points: 60 },
    { purchaseId: proposed },
    { purchaseId: nobodys },
  ]);
  expect(await ofThese(ofB)).toEqual([]);
  const memberNumber = "33000000078";
  const elsewhere = await act(givePurchaseAct, { purchaseId: given, memberNumber }, ofB);
  expect(elsewhere).toMatchObject({ ok: false, error: { code: "OUT_OF_SCOPE" } });
  expect(await act(givePurchaseAct, { purchaseId: given, memberNumber: "nobody's" })).toMatchObject({ error: { code: "NUMBER_UNKNOWN" } });

  expect(expectOk(await act(givePurchaseAct, { purchaseId: given, memberNumber }, ofA))).toEqual({
    state: "awarded",
    points: 60,
    code: null,
  });
  expect(expectOk(await act(givePurchaseAct, { purchaseId: proposed, memberNumber }, ofA))).toMatchObject({
    state: "proposed",
    points: 60,
  });
  expectOk(await act(putPurchaseAwayAct, { purchaseId: nobodys, reason: "the card was a sample" }, ofA));
  expect(await ofThese()).toEqual([]);

  await hear(counter);
  expect(counter.row("keptPurchase", given)).toMatchObject({ state: "awarded", memberId: member, points: 60 });
  expect(counter.row("balance", member)).toMatchObject({ balance: 60 });
  expect(counter.row("proposal", proposed)).toMatchObject({ state: "open", points: 60, earnedOn: boughtOn });
  expect(counter.row("keptPurchase", nobodys)).toMatchObject({ state: "closed", code: "PUT_AWAY", reason: "the card was a sample" });

  // The card turns up after all: what somebody decided stays.
  counter.issueCard(member, "6200000000000783");
  await counter.push();
  await counter.pull();
  expect(counter.row("keptPurchase", nobodys)).toMatchObject({ state: "closed", code: "PUT_AWAY" });
  expect(counter.row("balance", member)).toMatchObject({ balance: 60 });
  expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
});
