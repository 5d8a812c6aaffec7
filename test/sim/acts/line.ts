import { deepStrictEqual } from "node:assert/strict";
import { makeMemoryDatabase } from "../memory-store/memory-database.ts";
import { openHost } from "../world/head-office-host.ts";
import { makeMemoryDisk } from "../world/memory-disk.ts";
import type { Outpost } from "../world/outpost.ts";
import type { Act } from "./act.ts";

export const lift: Act = async (_world, station) => {
  if (station.isOff()) await station.restart();
  station.line.up();
  return "up";
};

export const hangUp: Act = async (world, station) => {
  if (station.line.isUp()) world.befell("line down");
  station.line.down();
  return "down";
};

/** Nothing of the seed's troubles for a while. */
export const clearUp: Act = async (_world, station) => {
  station.line.clearUp();
  return "fair";
};

export const storm: Act = async (world, station) => {
  station.line.setWeather(world.climate.weather, world.climate.latencyMs);
  return "rough";
};

export const deliverLate: Act = async (_world, station) => `${await station.line.deliverLate()} arrive`;

/** People press "exchange now" at a counter. */
export const exchange: Act = async (world, station) => {
  station.line.up();
  await world.timeline.until(station.exchangeNow()).catch((cause: unknown) => {
    if (!station.isOff()) throw cause;
  });
  if (!station.isOff()) return station.status().sync.line;
  await station.restart();
  return "power cut";
};

/** The line of a whole town is back: everybody speaks at the same moment, and head office does what is due. */
export const rush: Act = async (world) => {
  const { timeline, stations, host } = world;
  for (const station of stations) station.line.up();
  const atOnce = [...stations.map((station) => station.exchangeNow()), host.runJobs()];
  await timeline.untilInRush(Promise.allSettled(atOnce));
  for (const station of stations) if (station.isOff()) await station.restart();
  world.befell("everybody at once");
  return "everybody";
};

/** An empty head office answers at ours' address, as after a new installation: a station must neither give nor lose anything. */
export const askStranger: Act = async (world, station) => {
  const { timeline, dice } = world;
  const stranger = await openHost({ disk: makeMemoryDisk(makeMemoryDatabase().backup()), timeline, dice });
  const before = rowsAt(station);
  station.line.up();
  station.line.leadTo(stranger);
  await timeline.until(station.exchangeNow()).catch((cause: unknown) => {
    if (!station.isOff()) throw cause;
  });
  station.line.down();
  station.line.leadTo();
  if (station.isOff()) await station.restart();
  stranger.kill();
  deepStrictEqual(rowsAt(station), before, "I13: a head office that is not ours took rows away");
  world.befell("another head office at the address");
  return station.status().sync.line;
};

/** Everything that a station has from head office, and what it wrote. */
const rowsAt = (station: Outpost): object =>
  station.store().read((view) => ({
    members: view.members.all(),
    branches: view.branches.all(),
    rules: view.rules.all(),
    rights: view.rights.sum(),
    proposals: view.proposals.all(),
    operations: view.operations.list({ limit: Number.MAX_SAFE_INTEGER }).map(({ opId, state }) => [opId, state]),
  }));
