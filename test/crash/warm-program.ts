import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

type Task = Readonly<Record<string, unknown>>;

/** A program of this folder that is started ahead of its time: its modules are read, and it waits for its task. */
export type WarmProgram = {
  /** Gives the waiting process its task, and has the next one wait. */
  readonly begin: (task: Task) => ChildProcess;
  readonly close: () => Promise<void>;
};

const compiled = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));

/**
 * @param script file beside this one, which reads its tasks with `readTasks`
 * @param firstTask what it does before it waits
 */
export function keepWarm(script: string, firstTask?: Task): WarmProgram {
  const program = fileURLToPath(new URL(script, import.meta.url));
  const start = (): ChildProcess => {
    const env = { ...process.env, NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? compiled };
    const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"], env });
    // Whoever was killed before it read its task does not read it any more.
    child.stdin?.on("error", () => undefined);
    if (firstTask) tell(child, firstTask);
    return child;
  };
  let waiting = start();
  return {
    begin(task) {
      const child = waiting;
      waiting = start();
      tell(child, task);
      return child;
    },
    async close() {
      const closed = once(waiting, "close");
      waiting.kill("SIGKILL");
      await closed;
    },
  };
}

const tell = (child: ChildProcess, task: Task): void => void child.stdin?.write(`${JSON.stringify(task)}\n`);
