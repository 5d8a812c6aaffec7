import type { RequestView } from "#shared/contracts/requests.ts";
import type { RequestCode } from "#shared/domain/requests/request.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import type { Texts } from "../../app/intl/use-texts.ts";

const why: Readonly<Record<RequestCode, MessageKey>> = {
  NOT_VOIDABLE: "requests.why.NOT_VOIDABLE",
  ALREADY_VOIDED: "requests.why.ALREADY_VOIDED",
  REFUNDED_BEFORE: "requests.why.REFUNDED_BEFORE",
  MORE_THAN_PAID: "requests.why.MORE_THAN_PAID",
  REFUNDED_TWICE: "requests.why.REFUNDED_TWICE",
  PROPOSAL_OPEN: "requests.why.PROPOSAL_OPEN",
  NOTHING_EARNED: "requests.why.NOTHING_EARNED",
};
const isKnown = (code: string): code is RequestCode => Object.hasOwn(why, code);

/** @param isAskedOfUs it waits for this counter, and not for another one */
export function stateWords({ state, answer, code }: RequestView, isAskedOfUs: boolean, { t }: Texts): string {
  if (state === "declined") return t("requests.state.declined", { answer: answer ?? "" });
  if (state === "refused")
    return t("requests.state.refused", { why: t(code !== null && isKnown(code) ? why[code] : "requests.why.other") });
  return t(state === "sent" && isAskedOfUs ? "requests.state.toAnswer" : `requests.state.${state}`);
}

/** Which purchase or slip, whose, how much and when. */
export function aboutWords({ reference, refundFen, name, askedAtMs, askedBy }: RequestView, { t, money, instant }: Texts): string {
  const parts = [
    reference,
    refundFen === null ? undefined : t("requests.amountBack", { amount: money(refundFen) }),
    name,
    askedBy,
    instant(askedAtMs),
  ];
  return parts.filter((part) => part !== undefined && part !== null).join(" · ");
}
