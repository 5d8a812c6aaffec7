import { fenceStationAct, giveBackAct, listStationsAct, type StationView } from "#shared/contracts/acts/stations.ts";
import type { World } from "../world/world.ts";
import { said, type Act } from "./act.ts";
import { unlessItDies } from "./head-office.ts";

const stationsOf = async ({ admin, company }: World): Promise<readonly StationView[]> => {
  const listed = await admin().act(company.administrator, listStationsAct, {});
  return listed.ok ? listed.value.stations : [];
};

/** The administrator takes a station for dead that is alive and serves on: nobody can tell from afar. */
export const fence: Act = async (world, station) => {
  if (!world.host.isRunning()) return "head office is down";
  const requestId = world.newId();
  const done = unlessItDies(world, async () => {
    const { replica } = station;
    const shown = (await stationsOf(world)).find((each) => each.replica === replica)?.rights ?? { points: 0, members: 0 };
    return world.admin().act(world.company.administrator, fenceStationAct, { requestId, replica, shown });
  });
  const outcome = said(await done);
  if (outcome === "done") world.befell("live station taken for dead");
  return outcome;
};

/** Points that were set aside go back to their members: from now on some may be spent twice, and no more than these. */
export const giveBack: Act = async (world) => {
  if (!world.host.isRunning()) return "head office is down";
  const requestId = world.newId();
  const done = unlessItDies(world, async () => {
    const ended = (await stationsOf(world)).flatMap(({ replica, ended: lives }) => lives.map((life) => ({ ...life, replica })));
    const life = world.dice.pick(ended.filter(({ setAside }) => setAside.points > 0));
    if (!life) return undefined;
    const { replica, incarnation, setAside: shown } = life;
    return world.admin().act(world.company.administrator, giveBackAct, { requestId, replica, incarnation, shown });
  });
  return said(await done);
};
