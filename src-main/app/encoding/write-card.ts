import type { IssueCardInput } from "#shared/contracts/cards.ts";
import { cardIssue } from "#shared/domain/cards/ops.ts";
import type { UnfinishedCard } from "#shared/domain/cards/unfinished-card.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { BlankCardRefusal } from "#main/app/cards/read-blank.ts";
import type { CardTaskOutcome } from "#main/app/ports/devices.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { encoderOf } from "./encoding-state.ts";
import { readStripe } from "./read-stripe.ts";
import { keepUnfinished } from "./unfinished-cards.ts";

type Refusal =
  | BlankCardRefusal
  | { code: "ENCODER_NOT_READY" }
  | { code: "CARD_NOT_DRAWN" }
  | { code: "CARD_NOT_WRITTEN" }
  | { code: "CARD_WRITE_UNKNOWN" };

/** The number that was issued by this intent, or the card to be written and the encoder for it. */
type Plan = { readonly issued: string } | { readonly card: UnfinishedCard; readonly deviceId: string };

/**
 * Writes a blank card's number on its stripe. The number is set apart before the first byte goes out: whatever happens then, a power cut
 * included, it is given to no other card by itself.
 */
export const makeWriteCard =
  ({ store, devices, handles, clock }: Pick<Ports, "store" | "devices" | "handles" | "clock">) =>
  async (input: IssueCardInput, signal?: AbortSignal): Promise<Result<{ last4: string }, Refusal>> => {
    const plan = store.write((tx): Result<Plan, Refusal> => {
      // The answer to the check was lost, and all of it is asked for once more.
      const earlier = tx.operations.find(input.requestId);
      const issued = earlier && dataOf(earlier, cardIssue)?.cardNumber;
      if (issued !== undefined) return ok({ issued });
      const stripe = readStripe(tx, handles, input);
      if (!stripe.ok) return stripe;
      const encoder = encoderOf(devices.running());
      if (encoder?.state !== "ready") return err({ code: "ENCODER_NOT_READY" });
      const card = { ...stripe.value, isWritten: false, fault: null, atMs: clock.nowMs() };
      keepUnfinished(tx, card);
      return ok({ card, deviceId: encoder.deviceId });
    });
    if (!plan.ok) return plan;
    if ("issued" in plan.value) return ok({ last4: plan.value.issued.slice(-4) });

    const { card, deviceId } = plan.value;
    const done = await devices.work(deviceId, { type: "writeIso", tracks: { 2: card.cardNumber } }, signal);
    const fault = done.ok ? faultOf(done.value) : "CANCELLED";
    store.write((tx) => {
      keepUnfinished(tx, { ...card, isWritten: fault === null, fault });
      return ok(null);
    });
    if (!done.ok) return err({ code: "ENCODER_NOT_READY" });
    return fault === null ? ok({ last4: card.cardNumber.slice(-4) }) : err({ code: refusals[fault] ?? "CARD_NOT_WRITTEN" });
  };

const faultOf = (outcome: CardTaskOutcome): string | null => ("code" in outcome ? outcome.code : null);

/** Of every other fault the encoder itself has said that it did not write. */
const refusals: Readonly<Partial<Record<string, "CARD_NOT_DRAWN" | "CARD_WRITE_UNKNOWN">>> = {
  NO_RESPONSE: "CARD_NOT_DRAWN",
  CANCELLED: "CARD_NOT_DRAWN",
  UNKNOWN_OUTCOME: "CARD_WRITE_UNKNOWN",
};
