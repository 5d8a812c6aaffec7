import { comparePeopleAct, mergePeopleAct, previewSplitAct, splitPeopleAct, type PersonView } from "#shared/contracts/acts/people.ts";
import { feedRecords } from "#shared/contracts/sync/feed.ts";
import type { World } from "../world/world.ts";
import { said, type Act } from "./act.ts";
import { unlessItDies } from "./head-office.ts";

const shownOf = (people: readonly PersonView[]) => people.map(({ memberId, balance }) => ({ memberId, balance }));

/** Somebody at head office finds that two members are one person, while branches that are apart go on under either name. */
export const merge: Act = async (world) => {
  if (!world.host.isRunning()) return "head office is down";
  const requestId = world.newId();
  const numbers = await numbersOf(world);
  const one = world.dice.pick(numbers);
  const other = world.dice.pick(numbers.filter((number) => number !== one));
  const keepsFirst = world.dice.chance(0.5);
  const by = world.company.administrator;
  if (one === undefined || other === undefined) return "nobody to compare";
  const done = unlessItDies(world, async () => {
    const compared = await world.admin().act(by, comparePeopleAct, { numbers: [one, other] });
    if (!compared.ok) return compared;
    const [stays, merged] = compared.value.members;
    const carded = compared.value.members.filter(({ card }) => card !== null);
    const keepCardOf = (keepsFirst ? carded[0] : carded.at(-1))?.memberId ?? null;
    if (!stays || !merged) throw new Error("compared with nobody");
    const asked = { requestId, memberId: stays.memberId, mergedId: merged.memberId, keepCardOf, shown: shownOf(compared.value.members) };
    return world.admin().act(by, mergePeopleAct, asked);
  });
  const outcome = said(await done);
  if (outcome === "done") world.befell("members merged");
  return outcome;
};

/** They were two people after all. */
export const split: Act = async (world) => {
  if (!world.host.isRunning()) return "head office is down";
  const requestId = world.newId();
  const mergedId = world.dice.pick([...(await world.books.aliases()).values()].filter(({ mergedInto }) => mergedInto !== null))?.memberId;
  if (mergedId === undefined) return "nobody was merged";
  const by = world.company.administrator;
  const done = unlessItDies(world, async () => {
    const preview = await world.admin().act(by, previewSplitAct, { mergedId });
    if (!preview.ok) return preview;
    return world.admin().act(by, splitPeopleAct, { requestId, mergedId, shown: shownOf(preview.value.members) });
  });
  const outcome = said(await done);
  if (outcome === "done") world.befell("members made two again");
  return outcome;
};

const numbersOf = async ({ books }: World): Promise<readonly string[]> =>
  Object.values(await books.directory()).map((row) => feedRecords.directory.parse(row).memberNumber);
