import { feedDamage } from "#main/app/ports/upkeep.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { dataKey, migrationsFolder } from "#test/support/counter.ts";
import type { Outpost } from "./world/outpost.ts";
import type { World } from "./world/world.ts";
import { Violation } from "./invariants/invariant.ts";

/** Twice the longest pause of a station that was refused or could not reach anybody. */
const restMaxMs = 20 * 60 * 1000;
const lookEveryMs = 5_000;

const liveness = {
  id: "I10",
  says: "Once nothing is in the way, everybody has heard everything within twenty minutes, without anybody doing anything.",
};

/**
 * Takes all troubles away and lets time pass until nobody has anything to say or to hear.
 *
 * @returns how long it took. @throws Violation when it takes too long
 */
export async function comeToRest(world: World): Promise<number> {
  const { timeline, stations, host } = world;
  if (!host.isRunning()) await world.restartHeadOffice();
  world.endHeadOfficeIn(Number.MAX_SAFE_INTEGER);
  for (const station of stations) {
    station.setClockOff(0);
    station.endNever();
    await station.line.deliverLate();
    station.line.clearUp();
    await serve(station);
  }
  const startMs = timeline.nowMs();
  for (let before = "", now = await stateOf(world); ;) {
    if (now === before && (await isAtRest(world))) break;
    if (timeline.nowMs() - startMs > restMaxMs) throw new Violation(liveness, `after ${restMaxMs / 60_000} minutes: ${now}`);
    await timeline.advance(lookEveryMs);
    // A request that was under way when the troubles went may still meet the one that was meant for it.
    for (const station of stations) if (station.isOff()) await serve(station);
    before = now;
    now = await stateOf(world);
  }
  const restMs = timeline.nowMs() - startMs;
  // Nobody is at the counters any more: copies are written anew without whoever was forgotten.
  for (const station of stations) await timeline.until(station.upkeep().forget());
  return restMs;
}

async function serve(station: Outpost): Promise<void> {
  if (station.isOff()) await station.restart();
  station.line.up();
}

const stateOf = async ({ stations }: World): Promise<string> =>
  JSON.stringify(stations.map((station) => [station.name, station.status().sync.line, station.log().length, station.cursors()]));

/**
 * Nothing waits or has lapsed at any station, nothing is due at head office, and each station has read all of its streams and has them as they are
 * there.
 */
async function isAtRest({ stations, books, host, timeline }: World): Promise<boolean> {
  await timeline.until(host.runJobs());
  const today = businessDateOf(timeline.nowMs());
  const active = new Set((await books.lives()).flatMap(({ incarnation, state }) => (state === "active" ? incarnation : [])));
  for (const station of stations) {
    if (station.status().sync.waitingOperations > 0) return false;
    // A station that was taken for dead is told so when it next says hello.
    if (!active.has(station.incarnation)) return false;
    if (station.store().read((view) => view.rights.lapsed(today)).length > 0) return false;
    const cursors = station.cursors();
    const { me, config, directory, profile } = streams;
    // All that it reads, also where it has only just begun.
    const read = [me(station.replica), config, directory, profile(station.branchId)];
    for (const [stream, head] of await books.heads(read)) if ((cursors[stream] ?? 0) < head) return false;
    for (const [stream, rows] of await books.sums(read)) {
      const here = station.store().exchange((tx) => tx.sumOf(stream));
      if (here.count !== rows.count || here.sum !== rows.sum) return false;
    }
    // What was changed behind its back, it has to find by itself.
    if (verifyFile(station.file(), dataKey, migrationsFolder).damaged.some(feedDamage.is)) return false;
  }
  return true;
}
