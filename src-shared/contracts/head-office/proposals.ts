import { z } from "zod";
import { procedureOf } from "../acts/act-type.ts";
import { decideProposalAct } from "../acts/proposals.ts";
import { atHeadOffice } from "../base.ts";
import { nothing } from "../common.ts";
import { proposalView } from "../points.ts";

export const proposals = {
  /** Those that head office holds, as far as the person sees: of the own branch, or of the company. */
  list: atHeadOffice.input(nothing).output(z.array(proposalView)),
  decide: procedureOf(decideProposalAct),
};
