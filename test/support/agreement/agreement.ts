import { deepStrictEqual } from "node:assert/strict";
import type { Verdict } from "./head-office-books.ts";
import type { Outpost } from "./outpost.ts";
import type { World } from "./world.ts";

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Lots that a station may spend, of these members. */
export const heldAt = (station: Outpost, memberIds: readonly string[]) =>
  station.store().read((view) => memberIds.flatMap((memberId) => view.rights.of(memberId)));

/** What holds when everybody has heard everything: head office's books are in order, and every station has what they say. */
export async function checkAgreement(world: World): Promise<void> {
  deepStrictEqual(await world.company.office.admin.verify(), { ok: true, damaged: [] });
  const inbox = await world.books.inbox();
  for (const station of world.stations) {
    checkLog(station, inbox);
    await checkRights(world, station);
    await checkRows(world, station);
  }
}

/** Every operation is at head office once, in the order of the log, and the station knows what became of it. */
function checkLog(station: Outpost, inbox: readonly Verdict[]): void {
  const theirs = inbox.filter(({ replica }) => replica === station.replica).map(({ opId, verdict }) => [opId, verdict]);
  const log = station.log().map(({ opId, state }) => [opId, state]);
  deepStrictEqual(theirs, log, `head office has another log of ${station.name}`);
}

async function checkRights({ books }: World, station: Outpost): Promise<void> {
  const held = heldAt(station, [...(await books.balances()).keys()]);
  const here = Object.fromEntries(held.map(({ lotId, points }) => [lotId, points]));
  deepStrictEqual(here, await books.rightsOf(station.incarnation), `${station.name} holds other rights than head office says`);
}

/** The rows of the branch are those of head office, no more and no less, and nothing is added on top of them. */
async function checkRows({ books }: World, station: Outpost): Promise<void> {
  const { name, branchId } = station;
  const directory = await books.directory();
  const members = await books.rowsFor(branchId, "member");
  const cards = await books.rowsFor(branchId, "card");
  const figures = await books.balances();
  station.store().read((view) => {
    for (const [memberId, row] of Object.entries(directory)) deepStrictEqual(view.directory.find(memberId), row, `directory at ${name}`);
    const membersHere = Object.fromEntries(view.members.all().map((row) => [row.memberId, row]));
    deepStrictEqual(membersHere, members, `members at ${name}`);
    const cardsHere = view.members.all().flatMap(({ memberId }) => view.cards.ofMember(memberId));
    deepStrictEqual(Object.fromEntries(cardsHere.map((row) => [row.cardNumber, row])), cards, `cards at ${name}`);
    for (const memberId of Object.keys(members)) {
      deepStrictEqual(view.balances.find(memberId)?.record, figures.get(memberId), `figures at ${name}`);
      deepStrictEqual(view.balances.notExchanged(memberId), [], `${name} adds something on top`);
    }
  });
  for (const memberId of Object.keys(members)) {
    const told = station.counter().balance({ memberId });
    must(told.ok && told.value.balance === figures.get(memberId)?.balance, `${name} tells ${memberId} another balance`);
  }
}
