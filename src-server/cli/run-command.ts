import { openProgramLog } from "#server/program-log.ts";
import { admin } from "./admin.ts";
import { branchAdd } from "./branch-add.ts";
import { call } from "./call.ts";
import type { Command } from "./command.ts";
import { enrol } from "./enrol.ts";
import { badUsage, failureOf } from "./failure.ts";
import { serve } from "./serve.ts";
import { verify } from "./verify.ts";

const commands = new Map<string, Command>(Object.entries({ serve, "branch add": branchAdd, enrol, admin, call, verify }));

/**
 * Runs one command of head office. With `--json` the output is one JSON document: the answer, or `{error: {code, message, data}}`.
 *
 * @param argv what was typed behind the program's name
 * @returns the exit code: 0 done, 1 refused, failed or found damaged, 2 not understood
 */
export async function runCommand(argv: readonly string[], { env, stdin, stdout }: NodeJS.Process): Promise<number> {
  const isJson = argv.includes("--json");
  const [name, args] = split(argv);
  const found = commands.get(name);
  const programLog = openProgramLog(found?.isService ? "info" : "warn");
  const print = (document: unknown, words: string): void => {
    stdout.write(`${isJson ? JSON.stringify(document) : words}\n`);
  };
  if (argv.includes("--help") || argv.includes("-h")) {
    print({ usage: usages(found) }, usages(found).join("\n"));
    return 0;
  }
  try {
    if (!found)
      throw badUsage(`${/^-|^$/.test(name) ? "A command is missing" : `There is no command ${name}`}. Known:\n${usages().join("\n")}`);
    return await found.run(args, { ...programLog, environment: env, stdin, print });
  } catch (thrown) {
    const error = failureOf(thrown, name, programLog.reportIncident);
    if (isJson) print({ error }, "");
    else console.error(error.message);
    return error.code === "BAD_USAGE" ? 2 : 1;
  }
}

/** The command is one word, or two where a thing is named with what is done to it. */
function split(argv: readonly string[]): [name: string, args: readonly string[]] {
  const [first = "", second = ""] = argv;
  const both = `${first} ${second}`;
  return commands.has(both) ? [both, argv.slice(2)] : [first, argv.slice(1)];
}

const usages = (one?: Command): readonly string[] => (one ? [one] : [...commands.values()]).map(({ usage }) => usage);
