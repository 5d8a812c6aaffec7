import { deepStrictEqual } from "node:assert/strict";
import { heldAt, must } from "./agreement.ts";
import type { World } from "./world.ts";

/** What has been seen so far, to tell that nothing goes back. */
export type Witness = { readonly verdicts: Map<string, string>; readonly cursors: Map<string, Readonly<Record<string, number>>> };
export const newWitness = (): Witness => ({ verdicts: new Map(), cursors: new Map() });

/** What holds at every moment, whoever is cut off and whatever is on its way. */
export async function checkAlways(world: World, witness: Witness): Promise<void> {
  const { books, stations, incidents } = world;
  deepStrictEqual(incidents, [], "head office met something nobody foresaw");
  for (const station of stations) {
    deepStrictEqual(station.bugs, [], `${station.name} met something nobody foresaw`);
    // Where head office was restored a station reads from the beginning, once.
    const reading = `${station.name} in epoch ${station.store().read((view) => view.identity()?.serverEpoch)}`;
    const before = witness.cursors.get(reading) ?? {};
    const now = station.cursors();
    for (const [stream, g] of Object.entries(before))
      must((now[stream] ?? 0) >= g, `${station.name} went back in ${stream} from ${g} to ${now[stream]}`);
    witness.cursors.set(reading, now);
  }
  checkPointsAreOnce(world);
  checkOwnMembers(world);

  must((await books.accountsBelowZero()) === 0, "an account is below zero");
  deepStrictEqual(await books.disputedRights(), [], "a station and head office disagree about its rights");
  for (const { opId, verdict, code } of await books.inbox()) {
    const whole = `${verdict} ${code ?? ""}`;
    must(verdict === "applied" || verdict === "flagged", `${opId}, which honest people wrote, became ${whole}`);
    must((witness.verdicts.get(opId) ?? whole) === whole, `${opId} was ${witness.verdicts.get(opId)} and is now ${whole}`);
    witness.verdicts.set(opId, whole);
  }
}

/** Of each lot, no more is spent, taken back and still spendable anywhere than was ever in it. */
function checkPointsAreOnce({ stations, memberIds, model }: World): void {
  const here = new Map<string, number>();
  for (const station of stations)
    for (const { lotId, points } of heldAt(station, memberIds)) here.set(lotId, (here.get(lotId) ?? 0) + points);
  for (const [lotId, points] of here) {
    const lot = model.lot(lotId);
    must(points + lot.spent + lot.takenBack <= lot.points, `lot ${lotId} of ${lot.points}: ${lot.spent} spent, and ${points} spendable`);
  }
}

/** Whoever was served at one counter only is told the truth there at any moment, whatever was sent, lost or answered. */
function checkOwnMembers({ stations, model, memberIds }: World): void {
  const balances = model.balances(new Set());
  const proposed = new Set([...model.proposals.values()].map(({ memberId }) => memberId));
  for (const memberId of memberIds) {
    const replicas = [...(model.movedBy.get(memberId) ?? [])];
    if (replicas.length !== 1 || proposed.has(memberId)) continue;
    const station = stations.find(({ replica }) => replica === replicas[0]);
    const told = station?.counter().balance({ memberId });
    if (!station || !told?.ok || told.value.balance === null) continue;
    const isKnownWhole = station.store().read((view) => view.members.find(memberId)) !== undefined;
    if (!isKnownWhole) continue;
    must(told.value.balance === balances.get(memberId), `${memberId} has ${balances.get(memberId)} and is told ${told.value.balance}`);
  }
}

/** What the counters said yes to is in their logs, and adds up to what head office says. */
export async function checkModel({ stations, books, model, memberIds }: World): Promise<void> {
  const logs = new Set(stations.flatMap((station) => station.log().map(({ opId }) => opId)));
  deepStrictEqual(
    model.acknowledged.filter((opId) => !logs.has(opId)),
    [],
    "what a counter said yes to is in its log",
  );
  const figures = await books.balances();
  const expected = model.balances(await books.approved());
  for (const memberId of memberIds) {
    const balance = figures.get(memberId)?.balance ?? 0;
    must(
      balance === (expected.get(memberId) ?? 0),
      `${memberId} earned and spent ${expected.get(memberId)}, and head office says ${balance}`,
    );
  }
}
