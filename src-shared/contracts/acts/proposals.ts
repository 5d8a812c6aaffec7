import { z } from "zod";
import { requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const decidedState = z.enum(["approved", "rejected"]);

/** Approves or rejects a proposal; head office does it for what it holds, a station without asking for what it holds itself. */
export const decideProposalAct = declareAct({
  type: "proposal.decide",
  permission: "proposal.decide",
  input: z.strictObject({
    requestId,
    proposalId: z.string().min(1).max(64),
    decision: z.enum(["approve", "reject"]),
    /** Needed for a rejection. */
    reason: z.string().trim().max(200).nullable(),
  }),
  reply: z.strictObject({ proposalId: z.string(), state: decidedState }),
  refusals: {
    ...refusals("PROPOSAL_NOT_FOUND", "OWN_PROPOSAL", "REASON_MISSING", "OUT_OF_SCOPE", "CLOCK_IN_DOUBT"),
    ...refusalWith("ALREADY_DECIDED", z.object({ state: decidedState })),
    /** A station of this branch decides, and nobody else; null where it is not known which. */
    ...refusalWith("HELD_BY_STATION", z.object({ branch: z.string().nullable() })),
  },
});
