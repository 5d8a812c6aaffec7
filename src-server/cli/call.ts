import { text } from "node:stream/consumers";
import type { HeadOffice } from "#server/app/head-office.ts";
import { refusalSentences } from "#shared/contracts/refusals.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { command, needed, optional, type Program } from "./command.ts";
import { CommandFailure, exitCode } from "./failure.ts";
import { parseJson } from "./parse-json.ts";
import { passwordFrom } from "./password.ts";
import { callAs, withHeadOffice } from "./with-head-office.ts";

export const call = command({
  usage: "hq call PROCEDURE [--input JSON or -] --user NAME [--data DIR] [--json]   (password in COUNTERFOIL_PASSWORD)",
  options: { input: optional, user: needed },
  positionals: 1,
  run: async ({ options: { input, user }, positionals: [procedure = ""] }, program) => {
    const password = passwordFrom(program.environment);
    const asked = await readInput(input, program);
    return withHeadOffice(program, async (headOffice) => {
      const operator = await signIn(headOffice, user, password);
      const answer = await callAs(operator, headOffice, program, procedure, asked);
      program.print(answer, JSON.stringify(answer, null, 2));
      return exitCode.done;
    });
  },
});

/** Input with secrets in it, such as a new password, goes through `-`: an argument is visible to every user of this computer. */
async function readInput(input = "{}", { stdin }: Program): Promise<unknown> {
  return parseJson(input === "-" ? await text(stdin) : input);
}

async function signIn({ admin }: HeadOffice, userName: string, password: string): Promise<Operator> {
  const signedIn = await admin.signIn(userName, password);
  if (signedIn.ok) return signedIn.value;
  const { code, ...data } = signedIn.error;
  throw new CommandFailure({ code, message: refusalSentences[code], data });
}
