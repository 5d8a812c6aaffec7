import type { IssueCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { UnfinishedCard } from "#shared/domain/cards/unfinished-card.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { makeIssueCard } from "#main/app/cards/issue-card.ts";
import type { BlankCardRefusal } from "#main/app/cards/read-blank.ts";
import type { CardTaskOutcome } from "#main/app/ports/devices.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { encoderOf } from "./encoding-state.ts";
import { readStripe } from "./read-stripe.ts";
import { keepUnfinished, unfinishedCards } from "./unfinished-cards.ts";

type Refusal =
  | BlankCardRefusal
  | { code: "ENCODER_NOT_READY" }
  | { code: "CARD_NOT_DRAWN" }
  | { code: "CARD_NOT_WRITTEN" }
  | { code: "CARD_NOT_VERIFIED" }
  | { code: "REQUEST_ID_REUSED" };

type Plan = { readonly card: UnfinishedCard; readonly deviceId: string } | "issued";

/** Reads back what was written, and makes the card the member's when it holds its number and nothing else. */
export const makeCheckCard = (ports: Ports) => {
  const { store, devices, handles, clock } = ports;
  const issue = makeIssueCard(ports);
  return async (input: IssueCardInput, by: Operator, signal?: AbortSignal): Promise<Result<MemberCard, Refusal>> => {
    const plan = store.read((view): Result<Plan, Refusal> => {
      if (view.operations.find(input.requestId)) return ok("issued");
      const stripe = readStripe(view, handles, input);
      if (!stripe.ok) return stripe;
      const card = unfinishedCards(view).find(({ cardNumber }) => cardNumber === stripe.value.cardNumber);
      if (!card?.isWritten) return err({ code: "CARD_NOT_WRITTEN" });
      const encoder = encoderOf(devices.running());
      return encoder?.state === "ready" ? ok({ card, deviceId: encoder.deviceId }) : err({ code: "ENCODER_NOT_READY" });
    });
    if (!plan.ok) return plan;
    // Asked once more after a lost answer: the first outcome, as of every act.
    if (plan.value === "issued") return issue(input, by);

    const { card, deviceId } = plan.value;
    const done = await devices.work(deviceId, { type: "readIso" }, signal);
    if (!done.ok) return err({ code: "ENCODER_NOT_READY" });
    const fault = faultOf(done.value, card.cardNumber);
    if (fault === null) return issue({ ...input, card: { number: card.cardNumber } }, by);
    store.write((tx) => {
      keepUnfinished(tx, { ...card, fault, atMs: clock.nowMs() });
      return ok(null);
    });
    const isUndrawn = fault === "NO_RESPONSE" || fault === "CANCELLED";
    return err({ code: isUndrawn ? "CARD_NOT_DRAWN" : "CARD_NOT_VERIFIED" });
  };
};

/** A card that holds more than was written is another card, or was not blank before. */
function faultOf(read: CardTaskOutcome, cardNumber: string): string | null {
  if (read.type !== "cardRead") return "code" in read ? read.code : "VERIFY_MISMATCH";
  const isSame = "tracks" in read && read.tracks[2] === cardNumber && read.tracks[1] === undefined && read.tracks[3] === undefined;
  return isSame ? null : "VERIFY_MISMATCH";
}
