import { command, needed } from "./command.ts";
import { exitCode } from "./failure.ts";
import { callAs, localOwner, withHeadOffice } from "./with-head-office.ts";

export const branchAdd = command({
  usage: "hq branch add --code CODE --name NAME [--data DIR] [--json]",
  options: { code: needed, name: needed },
  run: ({ options: { code, name } }, program) =>
    withHeadOffice(program, async (headOffice) => {
      program.print(await callAs(localOwner, headOffice, program, "branches.add", { code, name }), `Branch ${code} is added.`);
      return exitCode.done;
    }),
});
