import type { z } from "zod";

/**
 * A sentence for each code that a contract may answer with: what is so, for whoever calls without a screen. What to do about it stands
 * in docs/errors.md, and the screens have words of their own in their languages.
 */
export const refusalSentences = {
  // Any call.
  INVALID_INPUT: "The input is not what the procedure asks for; each issue names a field.",
  NOT_SIGNED_IN: "Nobody is signed in.",
  FORBIDDEN: "This person's role may not do that.",
  STORAGE_FULL: "The disk is full, and nothing was stored.",
  STORAGE_READ_ONLY: "The data cannot be written any more, and nothing was stored.",
  STORAGE_BUSY: "Another program holds the data, and nothing was stored.",
  STORAGE_DAMAGED: "The data are damaged where this would read or write, and nothing was stored.",
  STORAGE_FAILING: "The disk fails, and nothing was stored.",
  NEEDS_HEAD_OFFICE: "Head office has to do this, and the line is down.",
  INTERNAL: "Something of ours is wrong; the number finds the entry in the log.",
  // First run.
  ALREADY_SET_UP: "The station is set up already.",
  CODE_MALFORMED: "This is not of the form of an enrolment code.",
  CODE_WRONG: "Head office does not know this code.",
  CODE_EXPIRED: "The code has expired.",
  CODE_USED: "The code was used by another station.",
  CODE_BLOCKED: "The code is blocked after too many wrong tries.",
  SERVER_KEY_MISMATCH: "The server at this address does not hold the key that the code names; nothing was sent to it.",
  INSECURE_ADDRESS: "Plain HTTP goes to this computer only; another one needs https.",
  UNREACHABLE: "Nothing answers at this address.",
  // Signing in.
  WRONG_CREDENTIALS: "User name or password is wrong.",
  ACCOUNT_LOCKED: "The account is locked after too many wrong passwords.",
  WRONG_PIN: "The PIN is wrong.",
  PIN_LOCKED: "Too many wrong PINs at this station; the password opens it.",
  PIN_BLOCKED: "Too many wrong PINs in a day at all stations together; only a new PIN, or an unlocking, helps.",
  PIN_GUESSABLE: "This PIN is among the first that anybody would try.",
  PASSWORD_UNCHANGED: "The new password is the one that is in use.",
  PASSWORD_REPLACED: "The password that was given here is not the newest; head office knows another one.",
  NOT_ENROLLED: "The station has not joined a head office.",
  OWN_SUPERVISOR: "Nobody supervises themselves.",
  NOT_A_SUPERVISOR: "This person's role may not do that either.",
  // Members and cards.
  MEMBER_NOT_FOUND: "There is no such member here.",
  LOOKED_TOO_OFTEN: "This person has looked for members at head office too often in the last minute.",
  MEMBER_FROZEN: "The membership is frozen.",
  NO_CARD: "The member has no card.",
  CARD_BLOCKED: "The card is blocked.",
  CARD_NOT_RECOGNISED: "This is not the number of a member card.",
  CARD_UNKNOWN_HERE: "The number is of our form, and this station knows of nobody who has it.",
  HANDLE_EXPIRED: "The swipe was too long ago.",
  CARD_TAKEN: "The card number is in use.",
  HAS_MAIN_CARD: "The member has a main card that works.",
  NO_MAIN_CARD: "The member has no main card that a sub-card could hang on.",
  CARD_OF_OTHER_BRANCH: "Head office gave this blank card to another branch.",
  CARD_NOT_ASSIGNED: "Head office has given this blank card to no branch.",
  CARD_DISCARDED: "The blank card was recorded as lost or damaged.",
  NUMBER_UNKNOWN: "Nobody has this member number.",
  SAME_MEMBER: "These are one member already.",
  POOL_NOT_FOUND: "There is no such pool.",
  IN_A_POOL: "The member saves up with a pool already.",
  NOT_IN_THIS_POOL: "The member does not save up with this pool.",
  NOT_MERGED: "This member does not stand for another, or does no longer.",
  CARD_NOT_CHOSEN: "Both have a main card, and one of them has to stay.",
  PEOPLE_CHANGED: "What either of the two has is now another figure; nothing was done.",
  PHONE_TAKEN: "A member has this phone already.",
  MEMBER_CHANGED: "What was shown of the member has changed meanwhile.",
  NOTHING_CHANGED: "Nothing was changed.",
  REVIEW_NOT_FOUND: "There is no such change to choose about.",
  REVIEW_DECIDED: "Somebody has chosen already.",
  OWN_EDIT: "Nobody chooses about a change of their own.",
  ERASURE_ASKED: "Somebody has asked for it already; another person has to do it.",
  ERASURE_NOT_ASKED: "Nobody has asked for this person to be forgotten.",
  ALREADY_ERASED: "The person was forgotten already.",
  OWN_ERASURE: "Whoever asked for it does not do it.",
  NUMBERS_USED_UP: "The station has no member numbers left.",
  REQUEST_ID_REUSED: "This request id was used for something else.",
  // Points.
  RULE_NOT_FOUND: "There is no such earning rule.",
  RULE_NOT_OPEN: "The earning rule is not open today.",
  RULE_CHANGED: "The earning rule has another version now.",
  RECEIPT_USED: "The receipt was entered before.",
  AMOUNT_TOO_SMALL: "The amount is below the first point.",
  PLAN_NOT_FOUND: "There is no such redemption plan.",
  PLAN_NOT_OPEN: "The redemption plan is not open today.",
  PLAN_CHANGED: "The redemption plan has another price now.",
  INSUFFICIENT_POINTS: "This station may not spend so many of the member's points.",
  PLAN_HANDS_OUT_GIFT: "The plan hands a gift over this counter, so nobody else is asked to.",
  HOLD_NOT_FOUND: "This station knows of no such hold.",
  HOLD_ENDED: "The hold has ended already.",
  HOLD_ELSEWHERE: "Another counter, or an earlier life of this one's database, holds the points.",
  HOLD_NEEDS_SUPERVISOR: "Without an answer of whoever was asked, a supervisor has to find out.",
  // Stock.
  ITEM_NOT_FOUND: "There is no such gift or kind of card.",
  GIFT_SHORT: "The books of this branch have fewer of the gift; a second person must agree.",
  STOCK_CHANGED: "The books changed since the difference was shown.",
  PARCEL_NOT_FOUND: "No such parcel is on its way here.",
  CARDS_OF_TWO_KINDS: "The two cards are of different kinds.",
  CARDS_RECEIVED: "Some of these cards were received before.",
  CARDS_IN_USE: "Some of these cards are members' cards.",
  // Undoing.
  OPERATION_NOT_FOUND: "This station has written no such entry.",
  NOT_VOIDABLE: "An entry of this kind is not undone.",
  ALREADY_VOIDED: "The entry was undone before.",
  NOT_THE_AUTHOR: "Somebody else made the entry.",
  VOID_WINDOW_CLOSED: "The entry is of an earlier business day.",
  CLOCK_IN_DOUBT: "The clock of this computer is in doubt, and with it the business day.",
  // Asking another place.
  SLIP_MALFORMED: "This is not of the form of a slip's number.",
  OWN_SLIP: "This station wrote the entry itself and undoes it itself.",
  REQUEST_NOT_FOUND: "Nobody asks this station for that.",
  REQUEST_ANSWERED: "The request was answered already.",
  // Shift.
  SHIFT_EMPTY: "There is nothing to close.",
  SHIFT_CLOSED: "The shift was closed before.",
  // Review.
  PROPOSAL_NOT_FOUND: "There is no such proposal.",
  ALREADY_DECIDED: "Somebody has decided the proposal already.",
  OWN_PROPOSAL: "Nobody decides a proposal of their own.",
  REASON_MISSING: "A rejection needs a reason.",
  HELD_BY_HEAD_OFFICE: "Head office holds the decision already.",
  HELD_BY_STATION: "A station holds the decision, and only there it is taken.",
  OUT_OF_SCOPE: "The proposal, or the person, is of another branch.",
  // Devices.
  DEVICE_NOT_FOUND: "There is no such device here.",
  DEVICE_FIXED: "The device was given at the start of the program, and is not changed here.",
  DEVICE_NOT_READY: "The device is not open.",
  PORT_TAKEN: "Another device is set up at this port.",
  TEST_RUNNING: "The device is being tried out already.",
  // Writing cards.
  ENCODER_NOT_READY: "No encoder of this computer is ready for a card.",
  CARD_NOT_DRAWN: "Nobody drew a card through the encoder in time.",
  CARD_NOT_WRITTEN: "The encoder did not write the card.",
  CARD_WRITE_UNKNOWN: "The line to the encoder broke; what the card holds is not known.",
  CARD_NOT_VERIFIED: "What was read back is not what was written.",
  // Updates.
  NO_UPDATES_HERE: "This counter does not update itself.",
  NO_UPDATE_READY: "No update is ready to be installed.",
  // Practising.
  NOT_A_SAMPLE: "Practice cards exist in samples only.",
  CARD_NOT_FOUND: "The drawer has no such card.",
  REASON_UNKNOWN: "The list of reasons has no such choice.",
  // What head office could not apply.
  NOT_HELD_BACK: "Nothing holds this entry back any more; somebody has decided, or what it waited for has come.",
  STILL_HELD_BACK: "Judged again, the entry has no effect still, for the reason named.",
  OWN_WORK: "Nobody decides about an entry of their own.",
  // Head office.
  BRANCH_NOT_FOUND: "There is no branch with this code.",
  STATION_NOT_FOUND: "There is no station of this number.",
  STATION_HAS_ENDED: "No life of this station goes on, so there is nothing to fence.",
  WORST_CASE_CHANGED: "What the station may spend has changed since it was shown; nothing was done.",
  HEAD_OFFICE_RECOVERING: "Head office was put back from a copy, and grants no rights before every counter was heard.",
  NOT_RECOVERING: "Head office is whole: rights are granted already.",
  AWAITED_CHANGED: "Other counters are waited for now than were shown.",
  NOTHING_MISSING: "This is not on the list of what is missing, or somebody has closed it.",
  NOTHING_SET_ASIDE: "Nothing is set aside of this life of the station.",
  KEY_NOT_DEPOSITED: "The station never gave its key into keeping.",
  BRANCH_CODE_TAKEN: "Another branch has this code.",
  USER_NAME_TAKEN: "Another person has this user name.",
  STAFF_NOT_FOUND: "There is no such account.",
  OWN_ACCOUNT: "Nobody changes their own role or branch, or switches themselves off.",
  LAST_ADMINISTRATOR: "This is the last administrator who can sign in.",
  OPENS_IN_THE_PAST: "A version opens today at the earliest.",
  GIFT_NOT_FOUND: "There is no such gift.",
  CARD_KIND_NOT_FOUND: "There is no such kind of card.",
  MORE_THAN_EXPIRED: "Fewer points expired on that day than shall be given back.",
  PERIOD_NOT_OVER: "Something may still be booked on that date.",
  PERIOD_CLOSED: "The books are closed up to that date, or a later one, already.",
  RANGE_OVERLAPS: "Some of these numbers are a branch's already.",
  ENTRY_NOT_FOUND: "The list has no such choice.",
  ENTRY_NAME_TAKEN: "Another choice of the list has this name.",
  LAST_ENTRY: "This is the last choice of its list.",
  BUDGET_BELOW_BEFORE: "The budget was set higher before, and what is at counters cannot be taken back by a smaller figure.",
  VERSION_EXISTS: "This version is published already; a change needs the next version number.",
} as const;
type Code = keyof typeof refusalSentences;

const sentenceOf = (code: Code): string => refusalSentences[code];

/** The errors of a procedure, each with its sentence; a code without one does not compile. */
export function refusals<const C extends Code>(...codes: readonly C[]) {
  // An object made of entries does not remember which keys it was given.
  return Object.fromEntries(codes.map((code) => [code, { message: sentenceOf(code) }])) as {
    readonly [K in C]: { readonly message: string };
  };
}

/** An error that carries facts, with its sentence. */
export function refusalWith<C extends Code, Facts extends z.ZodType>(code: C, facts: Facts) {
  return { [code]: { message: sentenceOf(code), data: facts } } as {
    readonly [K in C]: { readonly message: string; readonly data: Facts };
  };
}
