import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { Fault } from "#main/app/ports/fault.ts";
import type { HeadOfficeProgram } from "./head-office-program.ts";

export type HeadOfficeProcess = {
  readonly url: string;
  readonly stop: () => Promise<void>;
};

const startTimeoutMs = 60_000;

/**
 * Starts the head office of a sample beside this process; it ends with it, however this process dies.
 *
 * @param port 0 for any free one
 * @throws Fault `SAMPLE_HEAD_OFFICE` when it does not come up
 */
export async function startHeadOfficeProcess(program: HeadOfficeProgram, dataDir: string, port: number): Promise<HeadOfficeProcess> {
  const run = program(["serve", "--data", dataDir, "--port", String(port), "--sample", "--exit-with-parent", "--json"]);
  const url = await Promise.race([
    firstLine(run.stdout),
    run.exited.then(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, startTimeoutMs, undefined).unref()),
  ]);
  if (url === undefined) {
    run.kill();
    throw new Fault("SAMPLE_HEAD_OFFICE", { message: "the sample's head office did not start" });
  }
  return {
    url,
    stop: async () => {
      run.endInput();
      await run.exited;
    },
  };
}

async function firstLine(stdout: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: stdout })) {
    stdout.resume();
    return (JSON.parse(line) as { url?: string }).url;
  }
  return undefined;
}

/** Runs `hq apply` beside the serving process. @returns the answers in order */
export async function applyCalls(program: HeadOfficeProgram, dataDir: string, calls: readonly unknown[]): Promise<readonly unknown[]> {
  const run = program(["apply", "--data", dataDir, "--json"]);
  run.endInput(JSON.stringify(calls));
  const [printed, exitCode] = await Promise.all([text(run.stdout), run.exited]);
  if (exitCode !== 0) throw new Fault("SAMPLE_HEAD_OFFICE", { message: "the sample's company was refused" });
  return (JSON.parse(printed) as { answers: unknown[] }).answers;
}
