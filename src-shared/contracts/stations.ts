import { procedureOf } from "./acts/act-type.ts";
import { createEnrolmentCodeAct, fenceStationAct, giveBackAct, listStationsAct } from "./acts/stations.ts";

/** The stations of the company, seen from head office: who is silent, what that costs at worst, and what to do about it. */
export const stations = {
  list: procedureOf(listStationsAct),
  createCode: procedureOf(createEnrolmentCodeAct),
  fence: procedureOf(fenceStationAct),
  giveBack: procedureOf(giveBackAct),
};
