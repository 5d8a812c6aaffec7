import type { Readable } from "node:stream";
import { openProgramLog } from "#server/program-log.ts";
import { admin } from "./admin.ts";
import { apply } from "./apply.ts";
import { branchAdd } from "./branch-add.ts";
import { call } from "./call.ts";
import type { Command } from "./command.ts";
import { enrol } from "./enrol.ts";
import { exitCode, failureOf, wrongCommand, type ExitCode, type Failure } from "./failure.ts";
import { recoverKey } from "./recover-key.ts";
import { restored } from "./restored.ts";
import { serve } from "./serve.ts";
import { updatesAdd, updatesList, updatesStage } from "./updates.ts";
import { verify } from "./verify.ts";

const updates = { "updates add": updatesAdd, "updates stage": updatesStage, "updates list": updatesList };
const commands = new Map<string, Command>(
  Object.entries({ serve, "branch add": branchAdd, enrol, admin, apply, call, verify, "recover-key": recoverKey, restored, ...updates }),
);

/** What a command needs of the process it runs in. */
export type Surroundings = {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: { readonly write: (text: string) => unknown };
};

const whoMayAndHowItEnds = `branch add, enrol, apply, updates, verify, restored and recover-key need no sign-in: they act for whoever owns the data folder or the database's address.
DIR is .counterfoil/hq unless it is named; COUNTERFOIL_DATABASE_URL takes the place of the database in it,
and COUNTERFOIL_DATABASE_KEY that of the key which lies beside it.
Logs go to the error output. With --json there is one document on the standard output; a refusal is {"error":{"code","message","data"}}.
Exit codes: 0 done, 1 refused or found damaged, 2 the command line is wrong, 3 head office could not be opened or served, or failed.`;

/**
 * Runs one command of head office. With `--json` the output is one JSON document: the answer, or `{error: {code, message, data}}`.
 *
 * @param argv what was typed behind the program's name
 */
export async function runCommand(argv: readonly string[], { env, stdin, stdout }: Surroundings): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  const [name, args] = split(argv);
  const found = commands.get(name);
  const programLog = openProgramLog(found?.isService ? "info" : "warn");
  const print = (document: unknown, words: string): void => {
    stdout.write(`${isJson ? JSON.stringify(document) : words}\n`);
  };
  if (argv.includes("--help") || argv.includes("-h")) {
    print({ usage: usages(found) }, `${usages(found).join("\n")}\n\n${whoMayAndHowItEnds}`);
    return exitCode.done;
  }
  try {
    if (!found)
      throw wrongCommand(`${/^-|^$/.test(name) ? "A command is missing" : `There is no command ${name}`}. Known:\n${usages().join("\n")}`);
    return await found.run(args, { ...programLog, environment: env, stdin, print });
  } catch (thrown) {
    const failure = failureOf(thrown, name, programLog.reportIncident);
    if (isJson) print({ error: failure.error }, "");
    else console.error(inWords(failure));
    return failure.exitCode;
  }
}

function inWords({ error: { code, message, data } }: Failure): string {
  const facts = JSON.stringify(data);
  return facts === "{}" ? `${message} (${code})` : `${message} (${code}) ${facts}`;
}

/** The command is one word, or two where a thing is named with what is done to it. */
function split(argv: readonly string[]): [name: string, args: readonly string[]] {
  const [first = "", second = ""] = argv;
  const both = `${first} ${second}`;
  return commands.has(both) ? [both, argv.slice(2)] : [first, argv.slice(1)];
}

const usages = (one?: Command): readonly string[] => (one ? [one] : [...commands.values()]).map(({ usage }) => usage);
