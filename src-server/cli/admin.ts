import { fieldIssues } from "#shared/contracts/field-issues.ts";
import { account } from "#shared/contracts/head-office/staff.ts";
import { command, needed, optional } from "./command.ts";
import { CommandFailure, exitCode, invalidInput } from "./failure.ts";
import { passwordFrom } from "./password.ts";
import { withHeadOffice } from "./with-head-office.ts";

const refusals = {
  CODE_WRONG: "This is not the code that head office printed.",
  CODE_BLOCKED: "The code is blocked after too many wrong tries.",
  ADMINISTRATOR_EXISTS: "There is an administrator already, who makes all further accounts.",
} as const;

/** Makes the first administrator. The code proves that whoever asks has seen this head office's own screen. */
export const admin = command({
  usage: "hq admin --code CODE --user NAME [--name DISPLAY_NAME] [--data DIR] [--json]   (password in COUNTERFOIL_PASSWORD)",
  options: { code: needed, user: needed, name: optional },
  run: ({ options: { code, user, name = user } }, program) => {
    const checked = account.safeParse({ userName: user, displayName: name, password: passwordFrom(program.environment) });
    if (!checked.success)
      throw invalidInput("The administrator's name or password is not of the form it must have.", fieldIssues(checked.error.issues));
    return withHeadOffice(program, async (headOffice) => {
      const made = await headOffice.admin.createFirstAdministrator(code, checked.data);
      if (!made.ok) throw new CommandFailure({ code: made.error.code, message: refusals[made.error.code] });
      program.print(made.value, `${user} is the first administrator.`);
      return exitCode.done;
    });
  },
});
