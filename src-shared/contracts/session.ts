import { z } from "zod";
import { atStation } from "./base.ts";
import { instantMs, operatorView } from "./common.ts";

const signInInput = z.strictObject({ userName: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) });
export type SignInInput = z.infer<typeof signInInput>;

export const session = {
  /** Binds the person to this connection. A wrong name and a wrong password are answered alike (U-03). */
  signIn: atStation
    .input(signInInput)
    .output(operatorView)
    .errors({
      WRONG_CREDENTIALS: { data: z.object({ attemptsLeft: z.int().nonnegative() }) },
      ACCOUNT_LOCKED: { data: z.object({ untilMs: instantMs }) },
      NOT_ENROLLED: {},
    }),
  signOut: atStation.output(z.strictObject({})),
  current: atStation.output(operatorView.nullable()),
};
