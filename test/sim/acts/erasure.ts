import { askErasureAct, eraseAct } from "#shared/contracts/acts/erasures.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import type { World } from "../world/world.ts";
import { atCounter, pickMember, said, type Act } from "./act.ts";
import { unlessItDies } from "./head-office.ts";
import { isKnownWhole } from "./members.ts";

/** Somebody is forgotten by two others. */
export async function hireSecondAdministrator(world: World): Promise<void> {
  const account = { userName: "second", displayName: "second", password: "a long password", role: "administrator", branch: null } as const;
  const { staffId } = expectOk(await world.admin().setStaff(world.company.administrator.staffId, account));
  world.secondAdministrator = { ...account, staffId, branchId: null };
}

/** Words that occur nowhere else. */
const newSecret = ({ newId }: World): string => `梧桐里${newId().slice(-12)}`;

/** A member says where they live now. */
export const confide: Act = async (world, station) => {
  const requestId = world.newId();
  const memberId = pickMember(world, station, isKnownWhole);
  const address = newSecret(world);
  const shown = station.counter().getMember({ memberId });
  if (!shown.ok) return shown.error.code;
  world.confide(memberId, address);
  const ask = { requestId, memberId, seen: { address: shown.value.address }, changed: { address } };
  return atCounter(world, station, requestId, (counter) => counter.changeMember(ask, station.clerk));
};

/** Somebody asks for an entry of another counter to be undone, and says more about the member than they should. */
export const confideInRequest: Act = async (world, station) => {
  const requestId = world.newId();
  const reason = newSecret(world);
  const entries = world.stations.flatMap((other) => {
    const movements = other.log().filter(({ type }) => type === "points.award" || type === "points.redeem");
    return other === station ? [] : movements.slice(-4).map((entry) => ({ ...entry, replica: other.replica }));
  });
  const entry = world.dice.pick(entries);
  if (!entry) return "nobody has a slip";
  world.confide(entry.memberId ?? "", reason);
  const ask = { requestId, slip: writeSlip(slipOf(entry)), memberId: null, reason };
  return atCounter(world, station, requestId, (counter) => counter.askVoid(ask, station.clerk));
};

/** Somebody wants to be forgotten, while counters that are apart go on writing about them. */
export const erase: Act = async (world) => {
  const { host, dice, company, memberIds, secondAdministrator } = world;
  if (!host.isRunning() || !secondAdministrator) return "head office is down";
  const [askId, requestId] = [world.newId(), world.newId()];
  const memberId = dice.pick(memberIds) ?? "";
  const done = unlessItDies(world, async () => {
    const asked = await world.admin().act(company.administrator, askErasureAct, { requestId: askId, memberId });
    return asked.ok ? world.admin().act(secondAdministrator, eraseAct, { requestId, memberId }) : asked;
  });
  const outcome = said(await done);
  if (outcome === "done") world.befell("somebody forgotten");
  return outcome;
};
