import { accounts } from "./accounts.ts";
import { erasures } from "./erasures.ts";
import { recovery } from "./recovery.ts";
import { beginRecoveryAct } from "./acts/recovery.ts";
import { procedureOf } from "./acts/act-type.ts";
import { dictionaries } from "./head-office/dictionaries.ts";
import { audit } from "./audit.ts";
import { people } from "./people.ts";
import { pools } from "./pools.ts";
import { periods } from "./periods.ts";
import { queue } from "./queue.ts";
import { publications } from "./publications.ts";
import { ledger, points, quarantine, stations } from "./head-office/books.ts";
import { branches, enrolment } from "./head-office/branches.ts";
import { proposals } from "./head-office/proposals.ts";
import { cardKinds, plans, rules } from "./head-office/publications.ts";
import { staff } from "./head-office/staff.ts";
import { tierPublications } from "./tiers.ts";
import { cards, gifts, stock } from "./head-office/stock.ts";

/** All that administrators and scripts may ask of head office itself. The caller is named beside the input: there is no session. */
export const headOfficeContract = {
  branches,
  enrolment,
  staff,
  accounts,
  publications,
  tiers: tierPublications,
  audit,
  dictionaries,
  rules,
  plans,
  cardKinds,
  cards,
  gifts,
  stock,
  points,
  proposals,
  stations,
  people,
  pools,
  quarantine,
  ledger,
  periods,
  queue,
  erasures,
  recovery: { ...recovery, begin: procedureOf(beginRecoveryAct) },
};
