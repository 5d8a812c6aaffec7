import { procedureOf } from "./acts/act-type.ts";
import { closePeriodAct, listPeriodsAct } from "./acts/periods.ts";

export const periods = { list: procedureOf(listPeriodsAct), close: procedureOf(closePeriodAct) };
