import { closeMissingAct, goOnAct, recoveryStateAct } from "./acts/recovery.ts";
import { procedureOf } from "./acts/act-type.ts";

/** What is done when head office was put back from a copy. */
export const recovery = {
  state: procedureOf(recoveryStateAct),
  goOn: procedureOf(goOnAct),
  close: procedureOf(closeMissingAct),
};
