import { staffCardsOfSample } from "#main/app/practice/practice.ts";
import type { StationCore } from "#main/station-core.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { sampleCardKind, samplePassword } from "./company.ts";
import { must } from "./must.ts";

/** Who tries the switch by card: the people of the branch that one sits down at. */
const owners = [
  { userName: "chen", pin: "258014" },
  { userName: "zhao", pin: "369025" },
] as const;

/** Gives the clerk and the manager of a branch their staff cards and lets them choose PINs, as they would themselves. */
export async function giveStaffCards({ counter, ports }: StationCore): Promise<void> {
  const operatorNamed = (userName: string) => {
    const staff = ports.store.read((view) => view.staff.findByUserName(userName));
    const operator = staff && counter.sessionOperator(staff.staffId);
    if (!operator) throw new Error(`${userName} did not arrive at the sample's branch`);
    return operator;
  };
  const administrator = operatorNamed("wu");
  for (const [i, { userName, pin }] of owners.entries()) {
    const owner = operatorNamed(userName);
    const card = { number: cardNumberOf(sampleCardKind, staffCardsOfSample[i] ?? 0) };
    must(await counter.setStaffCard({ requestId: ports.random.uuid(), staffId: owner.staffId, card }, administrator));
    must(await counter.setPin({ password: samplePassword, pin }, owner));
  }
}
