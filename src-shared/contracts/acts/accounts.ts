import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { pinStates } from "#shared/domain/staff/pin.ts";
import { roles } from "#shared/domain/staff/roles.ts";
import { secretVerifier } from "#shared/domain/staff/staff.ts";
import { instantMs, requestId } from "../common.ts";
import { cardRef } from "../cards.ts";
import { refusals } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "account.manage";
/** Of a manager for the people of the own branch, of an administrator for all. */
const ofStaffCards = "staff_card.manage";
const staffId = z.uuid();
/** Branch code; null for head-office staff, who may sign in anywhere. */
const branch = branchRecord.shape.code.nullable();
/** A name is one line of text, in the one spelling that is compared. */
const nameText = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1).max(64));

const accountView = z.strictObject({
  staffId: z.string(),
  userName: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  branch,
  isActive: z.boolean(),
  /** When a lock was last taken off; null when there was none. */
  unlockedAtMs: instantMs.nullable(),
  /** Of the staff card; null while the person has none. */
  cardLast4: z.string().nullable(),
  /** Blocked after too many wrong ones in a day, until there is a new one or the person is unlocked. */
  pin: z.enum(pinStates),
});
export type AccountView = z.infer<typeof accountView>;

/** The accounts that the person may look after, all of the company or those of the own branch, and the branches that they can belong to (U-05). */
export const listAccountsAct = declareAct({
  type: "account.list",
  permission: ofStaffCards,
  isQuestion: true,
  input: z.strictObject({}),
  reply: z.strictObject({
    accounts: z.array(accountView),
    branches: z.array(branchRecord.pick({ code: true, name: true })),
  }),
  refusals: {},
});

const withPassword = z.strictObject({
  staffId: z.string(),
  /** To be handed to the person; null in the answer to a repetition, since it is kept nowhere. */
  temporaryPassword: z.string().nullable(),
});
type WithPassword = z.infer<typeof withPassword>;
const withoutPassword = (reply: WithPassword): WithPassword => ({ ...reply, temporaryPassword: null });

/** Makes an account with a temporary password (U-01). */
export const createAccountAct = declareAct({
  type: "account.create",
  permission,
  input: z.strictObject({ requestId, userName: nameText, displayName: nameText, role: z.enum(roles), branch }),
  reply: withPassword,
  kept: withoutPassword,
  refusals: refusals("USER_NAME_TAKEN", "BRANCH_NOT_FOUND"),
});

/** Changes what is named and leaves the rest: the name, the role, the branch, whether the person may sign in. */
export const changeAccountAct = declareAct({
  type: "account.change",
  permission,
  input: z.strictObject({
    requestId,
    staffId,
    displayName: nameText.optional(),
    role: z.enum(roles).optional(),
    branch: branch.optional(),
    isActive: z.boolean().optional(),
  }),
  reply: accountView,
  refusals: refusals("STAFF_NOT_FOUND", "OWN_ACCOUNT", "LAST_ADMINISTRATOR", "BRANCH_NOT_FOUND"),
});

/** Gives a person who forgot theirs a temporary password; the old one is good no more. */
export const resetPasswordAct = declareAct({
  type: "account.resetPassword",
  permission,
  input: z.strictObject({ requestId, staffId }),
  reply: withPassword,
  kept: withoutPassword,
  refusals: refusals("STAFF_NOT_FOUND"),
});

/** Takes off the locks that wrong passwords and wrong PINs brought about, at head office and at every station that hears of it (U-04). */
export const unlockAccountAct = declareAct({
  type: "account.unlock",
  permission,
  input: z.strictObject({ requestId, staffId }),
  reply: accountView,
  refusals: refusals("STAFF_NOT_FOUND"),
});

/** Gives a person the card they sign in with, in place of the one they had; null takes it away. */
export const setStaffCardAct = declareAct({
  type: "account.setCard",
  permission: ofStaffCards,
  /** A swipe reaches head office as a number: its station knows what the handle stands for. */
  input: z.strictObject({ requestId, staffId, card: cardRef.nullable() }),
  reply: accountView,
  refusals: refusals("STAFF_NOT_FOUND", "OUT_OF_SCOPE", "CARD_NOT_RECOGNISED", "CARD_TAKEN", "HANDLE_EXPIRED"),
});

/** Forgets a person's PIN; they choose another one with their password. */
export const clearPinAct = declareAct({
  type: "account.clearPin",
  permission: ofStaffCards,
  input: z.strictObject({ requestId, staffId }),
  reply: accountView,
  refusals: refusals("STAFF_NOT_FOUND", "OUT_OF_SCOPE"),
});

/** A person's own PIN, as their station made it unreadable. It names nobody: it is whoever asks. */
export const setPinAct = declareAct({
  type: "account.setPin",
  permission: "station.read",
  isPreparedAtStation: true,
  input: z.strictObject({ requestId, verifier: secretVerifier }),
  reply: z.strictObject({}),
  refusals: refusals("STAFF_NOT_FOUND"),
});

/**
 * A person's own password, as their station made it unreadable, in place of the one that they gave there. A station that is behind may have
 * taken one which was reset meanwhile, so head office looks whether it is the one that it knows.
 */
export const changePasswordAct = declareAct({
  type: "account.changePassword",
  permission: "station.read",
  isPreparedAtStation: true,
  input: z.strictObject({ requestId, verifier: secretVerifier, replaces: secretVerifier }),
  reply: z.strictObject({}),
  refusals: refusals("STAFF_NOT_FOUND", "PASSWORD_REPLACED"),
});
