import { z } from "zod";
import { passwordLengthMax, passwordLengthMin } from "#shared/domain/staff/password.ts";
import { pinShape } from "#shared/domain/staff/pin.ts";
import { atHeadOffice, atStation } from "./base.ts";
import { lendablePermissions } from "#shared/domain/staff/roles.ts";
import { instantMs, nothing, operatorView, requestId } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";
import { swipeEvent } from "./station.ts";

const signInInput = z.strictObject({ userName: z.string().trim().min(1).max(64), password: z.string().min(1).max(passwordLengthMax) });
export type SignInInput = z.infer<typeof signInInput>;

const wrongSecret = {
  ...refusalWith("WRONG_CREDENTIALS", z.object({ attemptsLeft: z.int().nonnegative() })),
  ...refusalWith("ACCOUNT_LOCKED", z.object({ untilMs: instantMs })),
};

const wrongPin = {
  ...refusals("PIN_LOCKED", "PIN_BLOCKED", "HANDLE_EXPIRED"),
  ...refusalWith("WRONG_PIN", z.object({ attemptsLeft: z.int().positive() })),
};

const pin = z.string().regex(pinShape, "Six to twelve digits.");
/** A swiped staff card, by the handle that its event gave. */
const cardAndPin = z.strictObject({ cardHandle: z.string().min(1).max(64), pin });
export type CardAndPin = z.infer<typeof cardAndPin>;

const setPinInput = z.strictObject({ password: signInInput.shape.password, pin });
export type SetPinInput = z.infer<typeof setPinInput>;

const changePasswordInput = z.strictObject({
  password: signInInput.shape.password,
  newPassword: z.string().min(passwordLengthMin).max(passwordLengthMax),
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** How a supervisor proves who they are: as somebody who signs in. */
const supervisorProof = z.union([signInInput, cardAndPin]);
export type SupervisorProof = z.infer<typeof supervisorProof>;

const authoriseInput = z.strictObject({
  permission: z.enum(lendablePermissions),
  /** The one act it is for: the act is then sent under this id. */
  requestId,
  supervisor: supervisorProof,
});
export type AuthoriseInput = z.infer<typeof authoriseInput>;

export const session = {
  /** Binds the person to this connection. A wrong name and a wrong password are answered alike (U-03). */
  signIn: atStation
    .input(signInInput)
    .output(operatorView)
    .errors({ ...wrongSecret, ...refusals("NOT_ENROLLED") }),
  /** The same by staff card and PIN. The third wrong PIN locks the card here until its owner signs in by password. */
  signInByCard: atStation
    .input(cardAndPin)
    .output(operatorView)
    .errors({ ...wrongPin, ...refusals("NOT_ENROLLED") }),
  /** Chooses the PIN of one's own staff card. The station sends a verifier of it, never the PIN. */
  setPin: atHeadOffice
    .input(setPinInput)
    .output(z.strictObject({}))
    .errors({ ...wrongSecret, ...refusals("PIN_GUESSABLE", "STAFF_NOT_FOUND", "REQUEST_ID_REUSED") }),
  /** Chooses one's own password, knowing the old one. Head office gets a verifier, and every station of the branch gets it from there. */
  changePassword: atHeadOffice
    .input(changePasswordInput)
    .output(z.strictObject({}))
    .errors({ ...wrongSecret, ...refusals("PASSWORD_UNCHANGED", "PASSWORD_REPLACED", "STAFF_NOT_FOUND", "REQUEST_ID_REUSED") }),
  /**
   * A supervisor lends the signed-in person a permission for exactly one act, named by its request id, for five minutes and on this
   * connection only. Nobody is signed out. The act's operation names the supervisor as its second person.
   */
  authorise: atStation
    .input(authoriseInput)
    .output(z.strictObject({ supervisor: z.string(), untilMs: instantMs }))
    .errors({
      ...wrongSecret,
      ...wrongPin,
      ...refusals("OWN_SUPERVISOR"),
      ...refusalWith("NOT_A_SUPERVISOR", z.object({ permission: z.enum(lendablePermissions) })),
    }),
  /**
   * Leaves the counter without clearing it: from now on this connection may do nothing until somebody signs in, and remembers the newest
   * card that was swiped meanwhile.
   */
  lock: atStation.input(nothing).output(z.strictObject({})),
  /** The card that was swiped while the counter was locked; told once. */
  heldSwipe: atStation.input(nothing).output(swipeEvent.nullable()),
  signOut: atStation.input(nothing).output(z.strictObject({})),
  current: atStation.input(nothing).output(operatorView.nullable()),
};
