import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Fault } from "#main/app/ports/fault.ts";
import type { Result } from "#shared/std/result.ts";
import type { UpkeepAnswer, UpkeepTask } from "./tasks.ts";

/** Above the adapters among the sources, since it reads the journal, too; beside the bundle, under the name that vite.main.config.ts gives it. */
const program = new URL(import.meta.url.endsWith(".ts") ? "../../upkeep-worker.ts" : "upkeep-worker.js", import.meta.url);

/** Runs a task in a thread, so that no statement of the counter waits for it. @throws Fault `STORAGE_…` */
export async function runBeside<Task extends UpkeepTask>(task: Task): Promise<UpkeepAnswer[Task["name"]]> {
  const worker = new Worker(program, { workerData: task });
  const [answer] = (await once(worker, "message")) as [
    Result<UpkeepAnswer[Task["name"]], { readonly code: string; readonly message: string }>,
  ];
  await worker.terminate();
  if (answer.ok) return answer.value;
  throw new Fault(answer.error.code, { message: answer.error.message });
}
