import type { Code, Refusal } from "../client.ts";
import type { MessageKey } from "../intl/catalogue.ts";
import type { Texts, Values } from "../intl/use-texts.ts";

/** What can go wrong on this side of the contract: the channel closed before the answer came. */
export type LocalCode = "STATION_UNREACHABLE";
/** What a card may be refused for before anybody asked (an event of `station.watch`). */
export type SwipeCode = "CARD_NOT_RECOGNISED" | "CARD_UNKNOWN_HERE" | "READ_FAILED";

type Words = { readonly title: MessageKey; readonly remedy: MessageKey; readonly say: MessageKey | null };

type SpokenIn<Key> = Key extends `refusal.${infer C}.say` ? C : never;
type TitledIn<Key> = Key extends `refusal.${infer C}.title` ? C : never;
const spoken = <C extends SpokenIn<MessageKey>>(code: C) => ({
  title: `refusal.${code}.title` as const,
  remedy: `refusal.${code}.remedy` as const,
  say: `refusal.${code}.say` as const,
});
const silent = <C extends TitledIn<MessageKey>>(code: C) => ({
  title: `refusal.${code}.title` as const,
  remedy: `refusal.${code}.remedy` as const,
  say: null,
});

/** No code without words: a new one in the contract does not compile until it is here. Nobody is served during sign-in, set-up and review. */
export const wordsOf = {
  STATION_UNREACHABLE: spoken("STATION_UNREACHABLE"),
  INVALID_INPUT: spoken("INVALID_INPUT"),
  NOT_SIGNED_IN: spoken("NOT_SIGNED_IN"),
  FORBIDDEN: spoken("FORBIDDEN"),
  STORAGE_FULL: spoken("STORAGE_FULL"),
  STORAGE_READ_ONLY: spoken("STORAGE_READ_ONLY"),
  STORAGE_BUSY: spoken("STORAGE_BUSY"),
  STORAGE_DAMAGED: spoken("STORAGE_DAMAGED"),
  STORAGE_FAILING: spoken("STORAGE_FAILING"),
  NEEDS_HEAD_OFFICE: spoken("NEEDS_HEAD_OFFICE"),
  INTERNAL: spoken("INTERNAL"),
  WRONG_CREDENTIALS: silent("WRONG_CREDENTIALS"),
  ACCOUNT_LOCKED: silent("ACCOUNT_LOCKED"),
  WRONG_PIN: silent("WRONG_PIN"),
  PIN_LOCKED: silent("PIN_LOCKED"),
  PIN_BLOCKED: silent("PIN_BLOCKED"),
  PIN_GUESSABLE: silent("PIN_GUESSABLE"),
  PASSWORD_UNCHANGED: silent("PASSWORD_UNCHANGED"),
  PASSWORD_REPLACED: silent("PASSWORD_REPLACED"),
  NOT_ENROLLED: silent("NOT_ENROLLED"),
  OWN_SUPERVISOR: silent("OWN_SUPERVISOR"),
  NOT_A_SUPERVISOR: silent("NOT_A_SUPERVISOR"),
  ALREADY_SET_UP: silent("ALREADY_SET_UP"),
  CODE_MALFORMED: silent("CODE_MALFORMED"),
  CODE_WRONG: silent("CODE_WRONG"),
  CODE_EXPIRED: silent("CODE_EXPIRED"),
  CODE_USED: silent("CODE_USED"),
  CODE_BLOCKED: silent("CODE_BLOCKED"),
  SERVER_KEY_MISMATCH: silent("SERVER_KEY_MISMATCH"),
  INSECURE_ADDRESS: silent("INSECURE_ADDRESS"),
  UNREACHABLE: silent("UNREACHABLE"),
  MEMBER_NOT_FOUND: spoken("MEMBER_NOT_FOUND"),
  LOOKED_TOO_OFTEN: spoken("LOOKED_TOO_OFTEN"),
  MEMBER_FROZEN: spoken("MEMBER_FROZEN"),
  NO_CARD: spoken("NO_CARD"),
  CARD_BLOCKED: spoken("CARD_BLOCKED"),
  REQUEST_ID_REUSED: spoken("REQUEST_ID_REUSED"),
  PHONE_TAKEN: spoken("PHONE_TAKEN"),
  MEMBER_CHANGED: silent("MEMBER_CHANGED"),
  NOTHING_CHANGED: silent("NOTHING_CHANGED"),
  REVIEW_NOT_FOUND: silent("REVIEW_NOT_FOUND"),
  REVIEW_DECIDED: silent("REVIEW_DECIDED"),
  OWN_EDIT: silent("OWN_EDIT"),
  ERASURE_ASKED: silent("ERASURE_ASKED"),
  ERASURE_NOT_ASKED: silent("ERASURE_NOT_ASKED"),
  ALREADY_ERASED: silent("ALREADY_ERASED"),
  OWN_ERASURE: silent("OWN_ERASURE"),
  NUMBERS_USED_UP: spoken("NUMBERS_USED_UP"),
  CARD_NOT_RECOGNISED: spoken("CARD_NOT_RECOGNISED"),
  CARD_UNKNOWN_HERE: spoken("CARD_UNKNOWN_HERE"),
  READ_FAILED: spoken("READ_FAILED"),
  HANDLE_EXPIRED: spoken("HANDLE_EXPIRED"),
  CARD_TAKEN: spoken("CARD_TAKEN"),
  HAS_MAIN_CARD: spoken("HAS_MAIN_CARD"),
  NO_MAIN_CARD: spoken("NO_MAIN_CARD"),
  CARD_OF_OTHER_BRANCH: spoken("CARD_OF_OTHER_BRANCH"),
  CARD_NOT_ASSIGNED: spoken("CARD_NOT_ASSIGNED"),
  CARD_DISCARDED: spoken("CARD_DISCARDED"),
  GIFT_SHORT: spoken("GIFT_SHORT"),
  ITEM_NOT_FOUND: silent("ITEM_NOT_FOUND"),
  STOCK_CHANGED: silent("STOCK_CHANGED"),
  PARCEL_NOT_FOUND: silent("PARCEL_NOT_FOUND"),
  GIFT_NOT_FOUND: silent("GIFT_NOT_FOUND"),
  CARD_KIND_NOT_FOUND: silent("CARD_KIND_NOT_FOUND"),
  MORE_THAN_EXPIRED: silent("MORE_THAN_EXPIRED"),
  PERIOD_NOT_OVER: silent("PERIOD_NOT_OVER"),
  PERIOD_CLOSED: silent("PERIOD_CLOSED"),
  RANGE_OVERLAPS: silent("RANGE_OVERLAPS"),
  CARDS_OF_TWO_KINDS: silent("CARDS_OF_TWO_KINDS"),
  CARDS_RECEIVED: silent("CARDS_RECEIVED"),
  CARDS_IN_USE: silent("CARDS_IN_USE"),
  RULE_NOT_FOUND: spoken("RULE_NOT_FOUND"),
  RULE_NOT_OPEN: spoken("RULE_NOT_OPEN"),
  RULE_CHANGED: spoken("RULE_CHANGED"),
  RECEIPT_USED: spoken("RECEIPT_USED"),
  AMOUNT_TOO_SMALL: spoken("AMOUNT_TOO_SMALL"),
  PLAN_NOT_FOUND: spoken("PLAN_NOT_FOUND"),
  PLAN_NOT_OPEN: spoken("PLAN_NOT_OPEN"),
  PLAN_CHANGED: spoken("PLAN_CHANGED"),
  INSUFFICIENT_POINTS: spoken("INSUFFICIENT_POINTS"),
  OPERATION_NOT_FOUND: spoken("OPERATION_NOT_FOUND"),
  NOT_VOIDABLE: spoken("NOT_VOIDABLE"),
  ALREADY_VOIDED: spoken("ALREADY_VOIDED"),
  NOT_THE_AUTHOR: spoken("NOT_THE_AUTHOR"),
  VOID_WINDOW_CLOSED: spoken("VOID_WINDOW_CLOSED"),
  CLOCK_IN_DOUBT: spoken("CLOCK_IN_DOUBT"),
  PLAN_HANDS_OUT_GIFT: silent("PLAN_HANDS_OUT_GIFT"),
  HOLD_NOT_FOUND: silent("HOLD_NOT_FOUND"),
  HOLD_ENDED: silent("HOLD_ENDED"),
  HOLD_ELSEWHERE: silent("HOLD_ELSEWHERE"),
  HOLD_NEEDS_SUPERVISOR: silent("HOLD_NEEDS_SUPERVISOR"),
  SHIFT_EMPTY: silent("SHIFT_EMPTY"),
  SHIFT_CLOSED: silent("SHIFT_CLOSED"),
  PROPOSAL_NOT_FOUND: silent("PROPOSAL_NOT_FOUND"),
  ALREADY_DECIDED: silent("ALREADY_DECIDED"),
  OWN_PROPOSAL: silent("OWN_PROPOSAL"),
  REASON_MISSING: silent("REASON_MISSING"),
  SLIP_MALFORMED: silent("SLIP_MALFORMED"),
  OWN_SLIP: silent("OWN_SLIP"),
  REQUEST_NOT_FOUND: silent("REQUEST_NOT_FOUND"),
  REQUEST_ANSWERED: silent("REQUEST_ANSWERED"),
  HELD_BY_STATION: silent("HELD_BY_STATION"),
  HELD_BY_HEAD_OFFICE: silent("HELD_BY_HEAD_OFFICE"),
  OUT_OF_SCOPE: silent("OUT_OF_SCOPE"),
  USER_NAME_TAKEN: silent("USER_NAME_TAKEN"),
  BRANCH_NOT_FOUND: silent("BRANCH_NOT_FOUND"),
  STAFF_NOT_FOUND: silent("STAFF_NOT_FOUND"),
  OWN_ACCOUNT: silent("OWN_ACCOUNT"),
  LAST_ADMINISTRATOR: silent("LAST_ADMINISTRATOR"),
  STATION_NOT_FOUND: silent("STATION_NOT_FOUND"),
  STATION_HAS_ENDED: silent("STATION_HAS_ENDED"),
  WORST_CASE_CHANGED: silent("WORST_CASE_CHANGED"),
  NUMBER_UNKNOWN: silent("NUMBER_UNKNOWN"),
  SAME_MEMBER: silent("SAME_MEMBER"),
  POOL_NOT_FOUND: silent("POOL_NOT_FOUND"),
  IN_A_POOL: silent("IN_A_POOL"),
  NOT_IN_THIS_POOL: silent("NOT_IN_THIS_POOL"),
  NOT_MERGED: silent("NOT_MERGED"),
  CARD_NOT_CHOSEN: silent("CARD_NOT_CHOSEN"),
  PEOPLE_CHANGED: silent("PEOPLE_CHANGED"),
  HEAD_OFFICE_RECOVERING: spoken("HEAD_OFFICE_RECOVERING"),
  NOT_RECOVERING: silent("NOT_RECOVERING"),
  AWAITED_CHANGED: silent("AWAITED_CHANGED"),
  NOTHING_MISSING: silent("NOTHING_MISSING"),
  NOTHING_SET_ASIDE: silent("NOTHING_SET_ASIDE"),
  NOT_HELD_BACK: silent("NOT_HELD_BACK"),
  STILL_HELD_BACK: silent("STILL_HELD_BACK"),
  OWN_WORK: silent("OWN_WORK"),
  REASON_UNKNOWN: spoken("REASON_UNKNOWN"),
  ENTRY_NOT_FOUND: silent("ENTRY_NOT_FOUND"),
  ENTRY_NAME_TAKEN: silent("ENTRY_NAME_TAKEN"),
  LAST_ENTRY: silent("LAST_ENTRY"),
  BUDGET_BELOW_BEFORE: silent("BUDGET_BELOW_BEFORE"),
  VERSION_EXISTS: silent("VERSION_EXISTS"),
  OPENS_IN_THE_PAST: silent("OPENS_IN_THE_PAST"),
  DEVICE_NOT_FOUND: silent("DEVICE_NOT_FOUND"),
  DEVICE_FIXED: silent("DEVICE_FIXED"),
  DEVICE_NOT_READY: silent("DEVICE_NOT_READY"),
  PORT_TAKEN: silent("PORT_TAKEN"),
  TEST_RUNNING: silent("TEST_RUNNING"),
  ENCODER_NOT_READY: spoken("ENCODER_NOT_READY"),
  CARD_NOT_DRAWN: spoken("CARD_NOT_DRAWN"),
  CARD_NOT_WRITTEN: spoken("CARD_NOT_WRITTEN"),
  CARD_WRITE_UNKNOWN: spoken("CARD_WRITE_UNKNOWN"),
  CARD_NOT_VERIFIED: spoken("CARD_NOT_VERIFIED"),
  NO_UPDATES_HERE: silent("NO_UPDATES_HERE"),
  NO_UPDATE_READY: silent("NO_UPDATE_READY"),
  NOT_A_SAMPLE: silent("NOT_A_SAMPLE"),
  CARD_NOT_FOUND: silent("CARD_NOT_FOUND"),
} as const satisfies Record<Code | LocalCode | SwipeCode, Words>;

/** Why an act did not happen: the contract's refusal, or the channel. */
export type Trouble =
  | Refusal
  | { readonly code: LocalCode }
  | { readonly code: SwipeCode; readonly data: Readonly<Record<string, unknown>> };

/** The facts of a refusal as words. Units close the names, so the name says how a number is shown. */
export function factsOf(trouble: Trouble, texts: Texts): Values {
  const data: unknown = "data" in trouble ? trouble.data : undefined;
  if (typeof data !== "object" || data === null) return {};
  const shown = Object.entries(data).map(([name, value]): [string, string | number | null] => {
    if (typeof value === "number") {
      if (name.endsWith("Ms")) return [name, texts.instant(value)];
      if (name.endsWith("Fen")) return [name, texts.money(value)];
      return [name, name.endsWith("oints") || name === "spendableHere" ? texts.number(value) : value];
    }
    if (typeof value === "string") return [name, /^\d{4}-\d{2}-\d{2}$/.test(value) ? texts.date(value) : value];
    return [name, value === null ? "—" : ""];
  });
  return Object.fromEntries(shown);
}
