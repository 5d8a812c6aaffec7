import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";

/** What a program that waits is told to do, from the first line of its standard input. It ends with whoever started it. */
export async function readTask<Task>(): Promise<Task> {
  flushCompileCache();
  process.stdin.on("end", () => process.exit());
  const lines = createInterface(process.stdin);
  const [line] = (await once(lines, "line")) as [string];
  return JSON.parse(line) as Task;
}
