import { z } from "zod";
import { atStation } from "./base.ts";
import { instantMs, nothing, operatorView } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";

const signInInput = z.strictObject({ userName: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) });
export type SignInInput = z.infer<typeof signInInput>;

export const session = {
  /** Binds the person to this connection. A wrong name and a wrong password are answered alike (U-03). */
  signIn: atStation
    .input(signInInput)
    .output(operatorView)
    .errors({
      ...refusalWith("WRONG_CREDENTIALS", z.object({ attemptsLeft: z.int().nonnegative() })),
      ...refusalWith("ACCOUNT_LOCKED", z.object({ untilMs: instantMs })),
      ...refusals("NOT_ENROLLED"),
    }),
  signOut: atStation.input(nothing).output(z.strictObject({})),
  current: atStation.input(nothing).output(operatorView.nullable()),
};
