import { text } from "node:stream/consumers";
import { z } from "zod";
import { fieldIssues } from "#shared/contracts/field-issues.ts";
import { command } from "./command.ts";
import { exitCode, invalidInput } from "./failure.ts";
import { parseJson } from "./parse-json.ts";
import { callAs, localOwner, withHeadOffice } from "./with-head-office.ts";

const calls = z.array(z.strictObject({ procedure: z.string(), input: z.unknown() })).min(1);

/** Sets up a head office from a list of calls: branches, staff, rules, plans. Each is an operation of its own, so a list may be continued. */
export const apply = command({
  usage: 'hq apply [--data DIR] [--json] < CALLS   ([{"procedure":"branches.add","input":{…}}, …])',
  options: {},
  run: async (_, program) => {
    const list = calls.safeParse(parseJson(await text(program.stdin)));
    if (!list.success) throw invalidInput("The list of calls cannot be read.", fieldIssues(list.error.issues));
    return withHeadOffice(program, async (headOffice) => {
      const answers: unknown[] = [];
      for (const { procedure, input } of list.data) answers.push(await callAs(localOwner, headOffice, program, procedure, input));
      program.print({ answers }, `${answers.length} calls applied.`);
      return exitCode.done;
    });
  },
});
