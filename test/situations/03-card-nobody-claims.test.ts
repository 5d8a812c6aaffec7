import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { startMemoryHeadOffice } from "#test/sim/memory-store/memory-head-office.ts";
import { setUpBranches, type OfficeWithBranches } from "#test/support/company.ts";
import { dayMs, makeHandClock } from "#test/support/hand-clock.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

let company: OfficeWithBranches;
beforeAll(async () => {
  const clock = makeHandClock();
  const { office } = await startMemoryHeadOffice({ clock, random: randomBytes, log: () => undefined });
  company = await setUpBranches(office, clock);
});

/** A purchase of 60 yuan with a card that this counter knows nobody for. */
function keep(station: SimulatedStation, cardNumber: string, receiptNumber: string): string {
  const opId = newId({ clock: company.clock, random: randomBytes });
  const purchase = { receiptNumber, amountFen: 6_000 };
  const d = { cardNumber, purchase, ruleId: "spend", ruleVersion: 1, boughtOn: company.clock.today() };
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
