import { expect, it } from "vitest";
import { setPinAct, setStaffCardAct, unlockAccountAct } from "#shared/contracts/acts/accounts.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { refusal, value } from "#test/support/counter.ts";
import { plainPinVerifier } from "#test/support/plain-pins.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const pin = "258014";
const wrong = "258015";
const minuteMs = 60_000;

/** Somebody who may sign in at both branches, with a staff card and a PIN that both know. */
async function withStaffCard() {
  const { world, everybodyHears } = places;
  const admin = world.admin();
  const { administrator } = world.company;
  const person = { userName: "travels", displayName: "travels", role: "manager" } as const;
  const hired = await admin.setStaff(administrator.staffId, { ...person, password: "a password", branch: null });
  const { staffId } = value(hired);
  const owner: Operator = { ...person, staffId, branchId: null };
  const number = world.newCardNumber();
  value(await admin.act(administrator, setStaffCardAct, { requestId: world.newId(), staffId, card: { number } }));
  const choose = async (chosen: string): Promise<void> => {
    await world.timeline.advance(minuteMs);
    value(await admin.act(owner, setPinAct, { requestId: world.newId(), verifier: plainPinVerifier(chosen) }));
    await everybodyHears();
    await world.timeline.advance(minuteMs);
  };
  await choose(pin);
  return {
    enter: (station: Outpost, typed: string) => station.counter().signInByCard({ cardHandle: station.handleOf(number), pin: typed }),
    choose,
    unlock: async (): Promise<void> => {
      await world.timeline.advance(minuteMs);
      value(await admin.act(administrator, unlockAccountAct, { requestId: world.newId(), staffId }));
      await everybodyHears();
      await world.timeline.advance(minuteMs);
    },
  };
}

it("38. a PIN that was wrong three times at A and twice at B is taken nowhere, until it is another one or somebody unlocks", async () => {
  const { a, b, world, everybodyHears } = places;
  const { enter, choose, unlock } = await withStaffCard();

  // Apart, each station locks by its own three tries.
  for (let i = 0; i < 3; i++) refusal(await enter(a, wrong));
  expect(refusal(await enter(a, pin))).toEqual({ code: "PIN_LOCKED" });
  for (let i = 0; i < 2; i++) refusal(await enter(b, wrong));
  value(await enter(b, pin));

  // Together they were five in one day.
  await everybodyHears();
  for (const station of [a, b]) expect(refusal(await enter(station, pin))).toEqual({ code: "PIN_BLOCKED" });

  await choose("369025");
  for (const station of [a, b]) value(await enter(station, "369025"));

  for (let i = 0; i < 3; i++) refusal(await enter(b, wrong));
  for (let i = 0; i < 2; i++) refusal(await enter(a, wrong));
  await everybodyHears();
  expect(refusal(await enter(a, "369025"))).toEqual({ code: "PIN_BLOCKED" });
  await unlock();
  for (const station of [a, b]) value(await enter(station, "369025"));

  // Four in a day are not five, and the day after they are none.
  for (const station of [a, b]) for (let i = 0; i < 2; i++) refusal(await enter(station, wrong));
  await everybodyHears();
  for (const station of [a, b]) value(await enter(station, "369025"));
  world.nextDay();
  refusal(await enter(a, wrong));
  await everybodyHears();
  value(await enter(b, "369025"));
});
