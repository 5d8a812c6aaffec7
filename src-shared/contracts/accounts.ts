import {
  changeAccountAct,
  clearPinAct,
  createAccountAct,
  listAccountsAct,
  resetPasswordAct,
  setStaffCardAct,
  unlockAccountAct,
} from "./acts/accounts.ts";
import { procedureOf } from "./acts/act-type.ts";

/** Who works here and what they may do: maintained at head office, from any station (U-05). */
export const accounts = {
  list: procedureOf(listAccountsAct),
  create: procedureOf(createAccountAct),
  change: procedureOf(changeAccountAct),
  resetPassword: procedureOf(resetPasswordAct),
  unlock: procedureOf(unlockAccountAct),
  setCard: procedureOf(setStaffCardAct),
  clearPin: procedureOf(clearPinAct),
};
