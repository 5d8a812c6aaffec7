import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";

/** What a program that waits is told to do, a line each of its standard input. It ends with whoever started it. */
export function readTasks(): { readonly next: <Task>() => Promise<Task> } {
  // Whoever is killed has no time to write down what it compiled.
  flushCompileCache();
  const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
  process.stdin.on("end", () => process.exit());
  return {
    async next<Task>() {
      const { value } = await lines.next();
      return JSON.parse(value ?? "") as Task;
    },
  };
}
