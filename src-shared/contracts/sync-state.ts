import { atStation } from "./base.ts";
import { nothing } from "./common.ts";
import { stationStatus } from "./station.ts";

export const sync = {
  /** Exchanges with head office now and answers when done; without a line it says so in the status, which is no error. */
  exchange: atStation.input(nothing).output(stationStatus),
};
