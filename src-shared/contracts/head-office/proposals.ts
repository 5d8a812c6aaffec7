import { z } from "zod";
import { atHeadOffice } from "../base.ts";
import { nothing } from "../common.ts";
import { decidedState, decideInput, decisionRefusals, proposalView } from "../points.ts";

export const proposals = {
  /** Those that head office holds, as far as the person sees: of the own branch, or of the company. */
  list: atHeadOffice.input(nothing).output(z.array(proposalView)),
  decide: atHeadOffice
    .input(decideInput)
    .output(z.strictObject({ opId: z.string(), verdict: z.enum(["applied", "duplicate"]), state: decidedState }))
    .errors(decisionRefusals),
};
