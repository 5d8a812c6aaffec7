import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** Head office's program while it runs. */
type HeadOfficeRun = {
  readonly stdout: Readable;
  /** Ends its input, after the text if there is one. What was started with `--exit-with-parent` ends with its input, in good order. */
  readonly endInput: (text?: string) => void;
  /** Ends it at once. */
  readonly kill: () => void;
  /** Resolves with the exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
};

/** Starts head office's command line beside this process. How that is done is the shell's: Electron has no Node of its own to offer. */
export type HeadOfficeProgram = (args: readonly string[]) => HeadOfficeRun;

/** A sample has a database of its own, whatever this machine's head office uses. */
export const sampleEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, COUNTERFOIL_DATABASE_URL: "" });

/** Runs the program's source, or its bundle, under the Node that runs us. */
export function inChildProcess(script: string): HeadOfficeProgram {
  return (args) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["pipe", "pipe", "inherit"], env: sampleEnvironment() });
    // It may be gone before it has read everything; its exit tells.
    child.stdin.on("error", () => undefined);
    return {
      stdout: child.stdout,
      endInput: (text = "") => void child.stdin.end(text),
      kill: () => void child.kill(),
      exited: once(child, "exit").then(([code]) => code as number | null),
    };
  };
}
