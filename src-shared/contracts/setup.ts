import { z } from "zod";
import { roles } from "#shared/domain/staff/roles.ts";
import { atStation } from "./base.ts";
import { nothing } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";

const setupState = z.strictObject({
  state: z.enum(["empty", "working", "ready"]),
  /** Sample data is marked on every screen and can never be enrolled elsewhere. */
  isSample: z.boolean(),
  /** For `working`: what is being done, and how far, 0 to 1. */
  progress: z
    .strictObject({ step: z.enum(["headOffice", "members", "history", "exchange", "opening"]), done: z.number().min(0).max(1) })
    .nullable(),
  /** The last attempt to make a sample failed and can be repeated; why stands in the log. */
  hasFailed: z.boolean(),
  /** Accounts that a sample opens with; empty outside a sample. The sample's people are invented. */
  sampleAccounts: z.array(z.strictObject({ userName: z.string(), password: z.string(), role: z.enum(roles) })),
});
export type SetupState = z.infer<typeof setupState>;

const enrolled = setupState.extend({
  /** The key of the data in letters. Nobody can sign in yet: whoever joined the station to head office is shown it, this once. */
  recoveryKey: z.string(),
});
export type Enrolled = z.infer<typeof enrolled>;

const enrolInput = z.strictObject({
  /** Address of head office; plain HTTP only on loopback. */
  url: z.url({ protocol: /^https?$/ }),
  /** The one-time code from head office, 26 letters and digits; spaces and hyphens are ignored. */
  code: z.string().trim().min(26).max(40),
});
export type EnrolInput = z.infer<typeof enrolInput>;

/** First run, before anybody can sign in. Refused once the station is set up. */
export const setup = {
  state: atStation.input(nothing).output(setupState),
  tryIt: atStation.input(nothing).output(setupState).errors(refusals("ALREADY_SET_UP")),
  enrol: atStation
    .input(enrolInput)
    .output(enrolled)
    .errors({
      ...refusals("ALREADY_SET_UP", "CODE_MALFORMED", "CODE_EXPIRED", "CODE_USED", "CODE_BLOCKED"),
      ...refusals("SERVER_KEY_MISMATCH", "INSECURE_ADDRESS", "UNREACHABLE"),
      ...refusalWith("CODE_WRONG", z.object({ triesLeft: z.int().nonnegative() })),
    }),
};
