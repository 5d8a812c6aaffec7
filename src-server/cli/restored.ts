import { randomBytes } from "node:crypto";
import { newId } from "#server/app/ids.ts";
import { command } from "./command.ts";
import { exitCode } from "./failure.ts";
import { callAs, localOwner, withHeadOffice } from "./with-head-office.ts";

/** Run after head office's database was put back from a copy, before it serves anybody. */
export const restored = command({
  usage: "hq restored [--data DIR] [--json]",
  options: {},
  run: (_given, program) =>
    withHeadOffice(program, async (headOffice) => {
      const requestId = newId({ clock: { nowMs: Date.now }, random: randomBytes });
      const begun = await callAs(localOwner, headOffice, program, "recovery.begin", { requestId });
      program.print(
        begun,
        "Every counter says at its next contact what it has; until all have, no rights are granted. See the screen Head office put back.",
      );
      return exitCode.done;
    }),
});
