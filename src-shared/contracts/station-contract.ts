import { accounts } from "./accounts.ts";
import { erasures } from "./erasures.ts";
import { recovery } from "./recovery.ts";
import { dictionaries } from "./dictionaries.ts";
import { audit } from "./audit.ts";
import { publications } from "./publications.ts";
import { cards } from "./cards.ts";
import { encoding } from "./encoding.ts";
import { devices } from "./devices.ts";
import { members } from "./members.ts";
import { points } from "./points.ts";
import { practice } from "./practice.ts";
import { redemption } from "./redemption.ts";
import { requests } from "./requests.ts";
import { session } from "./session.ts";
import { settings } from "./settings.ts";
import { setup } from "./setup.ts";
import { slips } from "./slips.ts";
import { shift } from "./shift.ts";
import { station } from "./station.ts";
import { periods } from "./periods.ts";
import { queue } from "./queue.ts";
import { people } from "./people.ts";
import { pools } from "./pools.ts";
import { stations } from "./stations.ts";
import { stock } from "./stock.ts";
import { tiers } from "./tiers.ts";
import { sync } from "./sync-state.ts";
import { updates } from "./updates.ts";
import { upkeep } from "./upkeep.ts";

/** All that a screen, a script or a test may ask of a station. Served unchanged over MessagePort, WebSocket and the command line. */
export const stationContract = {
  session,
  setup,
  station,
  members,
  cards,
  encoding,
  points,
  redemption,
  stock,
  slips,
  requests,
  shift,
  sync,
  devices,
  updates,
  practice,
  settings,
  upkeep,
  accounts,
  publications,
  tiers,
  audit,
  dictionaries,
  stations,
  people,
  pools,
  periods,
  queue,
  erasures,
  recovery,
};
