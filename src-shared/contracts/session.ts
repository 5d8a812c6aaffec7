import { z } from "zod";
import { atStation } from "./base.ts";
import { lendablePermissions } from "#shared/domain/staff/roles.ts";
import { instantMs, nothing, operatorView, requestId } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";
import { swipeEvent } from "./station.ts";

const signInInput = z.strictObject({ userName: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) });
export type SignInInput = z.infer<typeof signInInput>;

const wrongSecret = {
  ...refusalWith("WRONG_CREDENTIALS", z.object({ attemptsLeft: z.int().nonnegative() })),
  ...refusalWith("ACCOUNT_LOCKED", z.object({ untilMs: instantMs })),
};

const authoriseInput = z.strictObject({
  permission: z.enum(lendablePermissions),
  /** The one act it is for: the act is then sent under this id. */
  requestId,
  supervisor: signInInput,
});
export type AuthoriseInput = z.infer<typeof authoriseInput>;

export const session = {
  /** Binds the person to this connection. A wrong name and a wrong password are answered alike (U-03). */
  signIn: atStation
    .input(signInInput)
    .output(operatorView)
    .errors({ ...wrongSecret, ...refusals("NOT_ENROLLED") }),
  /**
   * A supervisor lends the signed-in person a permission for exactly one act, named by its request id, for five minutes and on this
   * connection only. Nobody is signed out. The act's operation names the supervisor as its second person.
   */
  authorise: atStation
    .input(authoriseInput)
    .output(z.strictObject({ supervisor: z.string(), untilMs: instantMs }))
    .errors({
      ...wrongSecret,
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
