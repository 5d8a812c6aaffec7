import { z } from "zod";
import { atStation } from "./base.ts";
import { amountFen, instantMs, nothing, requestId } from "./common.ts";
import { receiptNumber } from "./points.ts";
import { refusals } from "./refusals.ts";

const requestView = z.strictObject({
  id: z.string(),
  kind: z.enum(["void", "refund"]),
  /** `open`: head office does not know yet what it is about; `sent`: the counter that wrote the entry decides. */
  state: z.enum(["open", "sent", "done", "declined", "refused"]),
  /** The number on the slip, or of the receipt. */
  reference: z.string(),
  refundFen: amountFen.nullable(),
  askedAtMs: instantMs,
  /** Null for people of other counters, whom this station does not know. */
  askedBy: z.string().nullable(),
  reason: z.string().nullable(),
  code: z.string().nullable(),
  answer: z.string().nullable(),
  /** As far as this station knows the member. */
  memberId: z.string().nullable(),
  name: z.string().nullable(),
  /** What came of it, or of the entry that shall be undone; null while that is not known. */
  points: z.int().nullable(),
});
export type RequestView = z.infer<typeof requestView>;

const reason = z.string().trim().min(1).max(200);
const asked = z.strictObject({ id: z.string() });
const answerRefusals = refusals("REQUEST_NOT_FOUND", "REQUEST_ANSWERED", "OPERATION_NOT_FOUND", "ALREADY_VOIDED", "REQUEST_ID_REUSED");

/** What this counter asks of another place, and what others ask of it: written at once, with or without a line, and answered later. */
export const requests = {
  list: atStation.input(nothing).output(z.strictObject({ mine: z.array(requestView), toUs: z.array(requestView) })),
  /** Goods came back. Points are taken at head office, by what the purchase earned, whatever counter sold it. */
  refund: atStation
    .input(z.strictObject({ requestId, receiptNumber, amountFen: z.int().positive().max(100_000_000_000), reason }))
    .output(asked)
    .errors(refusals("REQUEST_ID_REUSED")),
  /** Asks the counter that wrote an entry to undo it. Nothing is credited by asking. */
  void: atStation
    .input(z.strictObject({ requestId, slip: z.string().max(40), memberId: z.string().nullable(), reason }))
    .output(asked)
    .errors(refusals("SLIP_MALFORMED", "OWN_SLIP", "REQUEST_ID_REUSED")),
  /** Undoes what another counter asks us to undo. */
  accept: atStation
    .input(z.strictObject({ requestId, id: z.string() }))
    .output(asked)
    .errors(answerRefusals),
  decline: atStation
    .input(z.strictObject({ requestId, id: z.string(), reason }))
    .output(asked)
    .errors(answerRefusals),
};
