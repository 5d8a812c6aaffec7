import { procedureOf } from "./acts/act-type.ts";
import { listPublicationsAct, publishPlanAct, publishRuleAct } from "./acts/publications.ts";

/** Earning rules and redemption plans: published at head office, from any station, and known everywhere with the next exchange. */
export const publications = {
  list: procedureOf(listPublicationsAct),
  publishRule: procedureOf(publishRuleAct),
  publishPlan: procedureOf(publishPlanAct),
};
