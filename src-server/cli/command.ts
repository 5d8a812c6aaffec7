import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import type { ProgramLog } from "#server/program-log.ts";
import { wrongCommand, type ExitCode } from "./failure.ts";

/** What a command is given beside its own options. */
export type Program = ProgramLog & {
  readonly dataDir: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  /** Says what came of it: the document to scripts, the words to people. Called once by each command. */
  readonly print: (document: unknown, words: string) => void;
};

/** The kinds of options that a command can declare. */
export const needed = { type: "string", isNeeded: true } as const;
export const optional = { type: "string", isNeeded: false } as const;
export const flag = { type: "boolean", isNeeded: false, default: false } as const;

type Options = Readonly<Record<string, typeof needed | typeof optional | typeof flag>>;
type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends typeof flag ? boolean : O[Name] extends typeof needed ? string : string | undefined;
};
type Given<O extends Options> = { readonly options: Values<O>; readonly positionals: readonly string[] };

export type Command = {
  readonly usage: string;
  /** Whether it goes on until it is told to stop; then its log tells what happens meanwhile. */
  readonly isService: boolean;
  readonly run: (args: readonly string[], program: Omit<Program, "dataDir">) => Promise<ExitCode>;
};

type Declaration<O extends Options> = {
  readonly usage: string;
  readonly options: O;
  /** How many words stand without an option; all of them are needed. */
  readonly positionals?: number;
  readonly isService?: boolean;
  /** Answers with the exit code. */
  readonly run: (given: Given<O>, program: Program) => Promise<ExitCode>;
};

const common = { data: optional, json: flag };
const defaultDataDir = ".counterfoil/hq";

/** Declares a command by its options; wrong ones never reach it. */
export function command<const O extends Options>({ usage, options, positionals = 0, isService = false, run }: Declaration<O>): Command {
  return {
    usage,
    isService,
    async run(args, program) {
      const given = parse(args, { ...options, ...common }, usage);
      const missing = Object.keys(options).find((name) => options[name]?.isNeeded && given.values[name] === undefined);
      if (missing !== undefined) throw wrongCommand(`--${missing} is missing. Usage: ${usage}`);
      if (given.positionals.length !== positionals) throw wrongCommand(`Usage: ${usage}`);
      const { data = defaultDataDir } = given.values as Values<typeof common>;
      return run({ options: given.values as Values<O>, positionals: given.positionals }, { ...program, dataDir: data });
    },
  };
}

function parse(args: readonly string[], options: Options, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    // Only what is wrong: Node goes on to advise what no command here needs.
    const [whatIsWrong = ""] = (cause as Error).message.split(/\n|\. /);
    throw wrongCommand(`${whatIsWrong.replace(/\.$/, "")}. Usage: ${usage}`);
  }
}
