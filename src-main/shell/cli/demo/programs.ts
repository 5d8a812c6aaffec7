import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { CommandFailure, exitCodes } from "../command-failure.ts";

const scripts = {
  station: fileURLToPath(new URL("../station.mjs", import.meta.url)),
  hq: fileURLToPath(new URL("../../../../src-server/main.ts", import.meta.url)),
} as const;
type Program = keyof typeof scripts;

/**
 * Where a PostgreSQL is named, the next demo opens what this one sealed, though this one's folder is gone. Its people are made up: their
 * key is no secret.
 */
const demoKey = "de".repeat(32);

type Given = { readonly password?: string; readonly input?: unknown };
type Running = { readonly child: ChildProcessWithoutNullStreams; readonly log: Promise<string>; readonly ended: Promise<number | null> };

/** Runs the programs of this house as anybody would: by their command lines, in processes of their own. */
export type Programs = {
  /** Starts a service. @returns the document that it prints when it is ready */
  readonly start: (program: Program, args: readonly string[]) => Promise<unknown>;
  /** Runs a command to its end. @returns the document that it prints */
  readonly ask: (program: Program, args: readonly string[], given?: Given) => Promise<unknown>;
};

/**
 * @param stack ends what still runs, the last one started first
 * @throws CommandFailure `DEMO_PART_FAILED` from both, with what the program said
 */
export function makePrograms(stack: AsyncDisposableStack): Programs {
  function run(program: Program, args: readonly string[], { password, input }: Given): Running {
    // A demo that was interrupted while it waited for something else starts nothing more.
    if (stack.disposed) throw new CommandFailure(exitCodes.failed, "INTERRUPTED", "The demo has ended.");
    const { COUNTERFOIL_PASSWORD: _, ...inherited } = process.env;
    const child = spawn(process.execPath, [scripts[program], ...args, "--json"], {
      env: { COUNTERFOIL_DATABASE_KEY: demoKey, ...inherited, ...(password !== undefined && { COUNTERFOIL_PASSWORD: password }) },
      // Ctrl+C is for us alone: we end the others in the right order.
      detached: true,
    });
    const ended = once(child, "close").then(([code]) => code as number | null);
    stack.defer(async () => {
      child.kill("SIGTERM");
      await ended;
    });
    if (input !== undefined) child.stdin.on("error", () => undefined).end(JSON.stringify(input));
    return { child, log: text(child.stderr), ended };
  }

  return {
    async start(program, args) {
      const { child, log } = run(program, args, {});
      const lines = createInterface(child.stdout);
      const [line] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [string?];
      // A service that cannot start prints why, in the place of what it is.
      if (line === undefined || line.startsWith('{"error"')) throw partFailed(program, args, `${line ?? ""}${await log}`);
      return JSON.parse(line);
    },
    async ask(program, args, given = {}) {
      const { child, log, ended } = run(program, args, given);
      const [printed, said, code] = await Promise.all([text(child.stdout), log, ended]);
      if (code !== 0) throw partFailed(program, args, printed + said);
      return JSON.parse(printed);
    },
  };
}

const partFailed = (program: Program, [command = ""]: readonly string[], said: string): CommandFailure =>
  new CommandFailure(exitCodes.failed, "DEMO_PART_FAILED", `${program} ${command} failed: ${said.trim()}`);
