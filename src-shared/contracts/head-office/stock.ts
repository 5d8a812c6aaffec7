import { z } from "zod";
import { procedureOf } from "../acts/act-type.ts";
import { assignCardRangeAct, setGiftAct } from "../acts/stock.ts";
import { atHeadOffice } from "../base.ts";
import { nothing } from "../common.ts";

export const cards = { assignRange: procedureOf(assignCardRangeAct) };

export const gifts = { set: procedureOf(setGiftAct) };

const branchStock = z.strictObject({
  /** Branch code. */
  branch: z.string(),
  giftId: z.string(),
  /** May be below zero: more was handed out than the books had. */
  onHand: z.int(),
  mustBeCounted: z.boolean(),
});

export const stock = {
  /** What gifts lie at each branch, as far as its stations have told. */
  list: atHeadOffice.input(nothing).output(z.array(branchStock)),
};
export type BranchStock = z.infer<typeof branchStock>;
