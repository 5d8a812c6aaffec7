import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { Fault } from "#main/app/ports/fault.ts";

export type HeadOfficeProcess = {
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** How to run head office's program: the executable and the arguments before the command. */
export type HeadOfficeProgram = { readonly executable: string; readonly arguments: readonly string[] };

const startTimeoutMs = 60_000;

/**
 * Starts the head office of a sample as a child of this process; it ends with it, however this process dies.
 *
 * @param port 0 for any free one
 * @throws Fault `SAMPLE_HEAD_OFFICE` when it does not come up
 */
export async function startHeadOfficeProcess(program: HeadOfficeProgram, dataDir: string, port: number): Promise<HeadOfficeProcess> {
  const child = spawn(
    program.executable,
    [...program.arguments, "serve", "--data", dataDir, "--port", String(port), "--sample", "--exit-with-parent", "--json"],
    {
      stdio: ["pipe", "pipe", "inherit"],
      // A sample has a database of its own, whatever this machine's head office uses.
      env: environment(),
    },
  );
  const exited = once(child, "exit");
  const url = await Promise.race([
    firstLine(child),
    exited.then(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, startTimeoutMs, undefined).unref()),
  ]);
  if (url === undefined) {
    child.kill();
    throw new Fault("SAMPLE_HEAD_OFFICE", { message: "the sample's head office did not start" });
  }
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** A sample has a database of its own, whatever this machine's head office uses; and Electron's binary runs it as the Node inside it. */
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  COUNTERFOIL_DATABASE_URL: "",
  ...(process.versions["electron"] && { ELECTRON_RUN_AS_NODE: "1" }),
});

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return (JSON.parse(line) as { url?: string }).url;
  }
  return undefined;
}

/** Runs `hq apply` beside the serving process. @returns the answers in order */
export async function applyCalls(program: HeadOfficeProgram, dataDir: string, calls: readonly unknown[]): Promise<readonly unknown[]> {
  const child = spawn(program.executable, [...program.arguments, "apply", "--data", dataDir, "--json"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: environment(),
  });
  child.stdin.end(JSON.stringify(calls));
  const [printed, [exitCode]] = await Promise.all([text(child.stdout), once(child, "exit") as Promise<[number | null]>]);
  if (exitCode !== 0) throw new Fault("SAMPLE_HEAD_OFFICE", { message: "the sample's company was refused" });
  return (JSON.parse(printed) as { answers: unknown[] }).answers;
}
