import { z } from "zod";
import { atHeadOffice } from "../base.ts";
import { requestId } from "../common.ts";
import { proposalView } from "../points.ts";

const decided = z.enum(["approved", "rejected"]);

export const proposals = {
  /** Those that head office holds, as far as the person sees: of the own branch, or of the company. */
  list: atHeadOffice.output(z.array(proposalView)),
  decide: atHeadOffice
    .input(
      z.strictObject({
        requestId,
        proposalId: z.string().min(1).max(64),
        decision: z.enum(["approve", "reject"]),
        reason: z.string().trim().max(200).nullable(),
      }),
    )
    .output(z.strictObject({ opId: z.string(), verdict: z.enum(["applied", "duplicate"]), state: decided }))
    .errors({
      PROPOSAL_NOT_FOUND: { message: "There is no such proposal." },
      ALREADY_DECIDED: { message: "Somebody has decided it already.", data: z.object({ state: decided }) },
      OWN_PROPOSAL: { message: "Nobody decides a proposal of their own." },
      REASON_MISSING: { message: "A rejection needs a reason." },
      OUT_OF_SCOPE: { message: "The proposal is of another branch." },
      REQUEST_ID_REUSED: { message: "This request id was used for something else." },
    }),
};
