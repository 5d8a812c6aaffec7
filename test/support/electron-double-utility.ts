import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import type { Readable } from "node:stream";

const preload = new URL("./electron-double-parent-port.ts", import.meta.url).href;

/** A utility process: Node without an input, that hears its parent by `process.parentPort` and goes on until it says that it ends. */
class UtilityProcessDouble extends EventEmitter {
  readonly stdout: Readable | null;
  readonly postMessage: (message: unknown) => void;
  readonly kill: () => boolean;

  constructor(modulePath: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    super();
    const child = spawn(process.execPath, ["--import", preload, modulePath, ...args], { stdio: ["ignore", "pipe", "inherit", "ipc"], env });
    this.stdout = child.stdout;
    this.postMessage = (message) => void child.send(message as object);
    this.kill = () => child.kill();
    child.once("exit", (code) => this.emit("exit", code ?? 1));
  }
}

type ForkOptions = { readonly stdio: readonly string[]; readonly env: NodeJS.ProcessEnv };

export function forkUtilityProcess(modulePath: string, args: readonly string[], { stdio, env }: ForkOptions): UtilityProcessDouble {
  if (stdio[0] !== "ignore") throw new TypeError("stdin value must be 'ignore' for a utility process");
  return new UtilityProcessDouble(modulePath, args, env);
}
