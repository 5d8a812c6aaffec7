import { printEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import { command, needed } from "./command.ts";
import { exitCode } from "./failure.ts";
import { callAs, localOwner, withHeadOffice } from "./with-head-office.ts";

export const enrol = command({
  usage: "hq enrol --branch CODE [--data DIR] [--json]",
  options: { branch: needed },
  run: ({ options: { branch } }, program) =>
    withHeadOffice(program, async (headOffice) => {
      const made = await callAs(localOwner, headOffice, program, "enrolment.createCode", { branch });
      const { code, expiresAtMs } = made as { readonly code: string; readonly expiresAtMs: number };
      const printed = printEnrolmentCode(code.replaceAll("-", ""));
      program.print(
        made,
        `Enrolment code for one station of ${branch}: ${printed}\nValid once, until ${new Date(expiresAtMs).toLocaleString()}.`,
      );
      return exitCode.done;
    }),
});
