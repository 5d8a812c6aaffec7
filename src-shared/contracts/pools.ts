import { procedureOf } from "./acts/act-type.ts";
import { joinPoolAct, leavePoolAct, listPoolsAct, makePoolAct } from "./acts/pools.ts";

/** Households and companies that save up together. */
export const pools = {
  list: procedureOf(listPoolsAct),
  make: procedureOf(makePoolAct),
  join: procedureOf(joinPoolAct),
  leave: procedureOf(leavePoolAct),
};
