import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { officeFor } from "./support/people.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const office = officeFor(() => places.world);

it("27. one person who joins at A and at B is two members, each with points of their own, until somebody merges them", async () => {
  const { a, b, join, award, balanceAt, lastVerdict, newPhone, everybodyHears } = places;
  const phone = newPhone();
  const [atA, atB] = [join(a, { phone }), join(b, { phone })];
  value(award(a, atA.memberId, 50));
  value(award(b, atB.memberId, 70));
  await everybodyHears();
  expect(atA.memberNumber).not.toBe(atB.memberNumber);
  expect([balanceAt(a, atA.memberId).balance, balanceAt(b, atB.memberId).balance]).toEqual([50, 70]);
  expect([lastVerdict(a), lastVerdict(b)]).toEqual(["applied", "applied"]);
});

it("27. whoever is entered at a counter is told who may be a member already, by phone or by the sound of the name, and goes on", async () => {
  const { a, b, join, newPhone, everybodyHears } = places;
  const phone = newPhone();
  const known = join(a, { phone, name: "欧阳晓敏" });
  const similarAt = (station: typeof a, name: string, phones: string[]) =>
    station
      .counter()
      .findSimilar({ name, phones })
      .map(({ memberNumber, because }) => [memberNumber, because]);
  expect(similarAt(a, "别人", [phone])).toEqual([[known.memberNumber, "phone"]]);
  expect(similarAt(a, "欧阳小民", [newPhone()])).toEqual([[known.memberNumber, "name"]]);
  // B knows nothing of her but the directory's line.
  expect(similarAt(b, "欧阳晓敏", [phone])).toEqual([]);
  await everybodyHears();
  expect(similarAt(b, "欧阳晓敏", [phone])).toEqual([[known.memberNumber, "mayBePhone"]]);
  expect(join(b, { phone }).memberNumber).not.toBe(known.memberNumber);
});

it("27. head office lists who joined twice under one phone, until they are one member or were told apart", async () => {
  const { a, b, join, newPhone, everybodyHears } = places;
  const phone = newPhone();
  const [first, second] = [join(a, { phone }), join(b, { phone })];
  await everybodyHears();
  const listed = async () =>
    (await office.list()).similar
      .map(({ members, because }) => [...members.map(({ memberNumber }) => memberNumber).toSorted(), ...because])
      .find((pair) => pair.includes(first.memberNumber));
  expect(await listed()).toEqual([first.memberNumber, second.memberNumber, "phone", "name"]);
  expectOk(await office.merge(first, second));
  expect(await listed()).toBeUndefined();
  expectOk(await office.split(second));
  expect(await listed()).toBeUndefined();
});
