import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program of this folder that is started ahead of its time: its modules are read, and it waits for its task. */
export type WarmProgram = {
  /** Gives the waiting process its task, and has the next one wait. */
  readonly begin: (task: Readonly<Record<string, unknown>>) => ChildProcess;
  readonly close: () => Promise<void>;
};

/** Whoever is killed has no time to write down what it compiled: it is kept for all of them. */
const compiled = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));

/** @param script file beside this one, which reads its task with `readTask` */
export function keepWarm(script: string): WarmProgram {
  const program = fileURLToPath(new URL(script, import.meta.url));
  const start = (): ChildProcess => {
    const env = { ...process.env, NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? compiled };
    const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"], env });
    // Whoever was killed before it read its task does not read it any more.
    child.stdin?.on("error", () => undefined);
    return child;
  };
  let waiting = start();
  return {
    begin(task) {
      const child = waiting;
      waiting = start();
      child.stdin?.write(`${JSON.stringify(task)}\n`);
      return child;
    },
    async close() {
      const closed = once(waiting, "close");
      waiting.kill("SIGKILL");
      await closed;
    },
  };
}
