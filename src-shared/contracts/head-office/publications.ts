import { z } from "zod";
import { cardKind, fitsItsMedium } from "#shared/domain/cards/card-kind.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { earningRule, type EarningRule } from "#shared/domain/earning/rule.ts";
import { redemptionPlan } from "#shared/domain/redemption/plan.ts";
import { approvesBudget, approvesCap, capsAtCounter } from "../acts/publications.ts";
import { atHeadOffice } from "../base.ts";
import { date } from "../common.ts";
import { refusals } from "../refusals.ts";

const givesBudgetAtCounter = ({ budget, approval }: Pick<EarningRule, "budget" | "approval">): boolean =>
  budget === undefined || approval === "none";
const id = z.string().trim().min(1).max(64);
const done = z.strictObject({});
const published = refusals("VERSION_EXISTS");
const closesAfterOpening = ({ opensOn, closesOn }: { opensOn: string; closesOn: string | null }): boolean =>
  closesOn === null || opensOn <= closesOn;
const beforeOpening = { path: ["closesOn"], error: "It closes before it opens." };

export const rules = {
  publish: atHeadOffice
    .input(
      earningRule
        .extend({ ruleId: id, name: localName, opensOn: date, closesOn: date.nullable() })
        .refine(closesAfterOpening, beforeOpening)
        .refine(givesBudgetAtCounter, approvesBudget)
        .refine(capsAtCounter, approvesCap),
    )
    .output(done)
    .errors({ ...published, ...refusals("BUDGET_BELOW_BEFORE") }),
};

export const plans = {
  publish: atHeadOffice
    .input(redemptionPlan.extend({ planId: id, name: localName, opensOn: date, closesOn: date }).refine(closesAfterOpening, beforeOpening))
    .output(done)
    .errors({ ...published, ...refusals("GIFT_NOT_FOUND") }),
};

export const cardKinds = {
  set: atHeadOffice
    .input(
      cardKind
        .extend({ kind: id, name: localName })
        .refine(({ prefix, length }) => prefix.length < length, { path: ["prefix"], error: "It leaves no digit for the card." })
        .refine(fitsItsMedium, { path: ["media"], error: "A stripe has a prefix of digits; a tag has ten digits and no check digit." }),
    )
    .output(done),
};
