import { z } from "zod";
import { atStation } from "./base.ts";
import { instantMs, nothing } from "./common.ts";

/** What keeps the station's own data: reading them whole, and copies of them. Both take a while and stop nobody at the counter. */
export const upkeep = {
  /** Re-reads the books from the bytes of their operations. */
  verify: atStation
    .input(nothing)
    .output(z.strictObject({ ok: z.boolean(), damaged: z.array(z.strictObject({ table: z.string(), id: z.string() })) })),
  /** The key of the data in letters, to be printed and locked away. That somebody was shown it stands in the log. */
  recoveryKey: atStation.input(nothing).output(z.strictObject({ recoveryKey: z.string() })),
  /** Whether head office keeps the present key of these data, sealed: after an enrolment or a change it is not there before the next exchange. */
  keyCopy: atStation.input(nothing).output(z.strictObject({ isAtHeadOffice: z.boolean() })),
  /** Makes a copy now, beside those of the plan. */
  backUp: atStation.input(nothing).output(z.strictObject({ name: z.string(), atMs: instantMs, bytes: z.int() })),
};
