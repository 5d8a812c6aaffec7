import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../../src-main/shell/cli/station.mjs", import.meta.url));

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Given = { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> };

export type Running = {
  readonly child: ChildProcess;
  /** Lines of the standard output, as they come. */
  readonly lines: AsyncIterator<string>;
  readonly ended: Promise<Ended>;
};

/** Starts `station …` as a shell would, in a process of its own. */
export function startStation(args: readonly string[], { stdin = "", env = {} }: Given = {}): Running {
  const { COUNTERFOIL_PASSWORD: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], { stdio: "pipe", env: { ...inherited, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  return {
    child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    ended: once(child, "close").then(([code]) => ({ code, stdout, stderr })),
  };
}

export const runStation = (args: readonly string[], given?: Given): Promise<Ended> => startStation(args, given).ended;
