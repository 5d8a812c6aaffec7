import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Report, Task } from "./worker.ts";

const program = fileURLToPath(new URL("worker.ts", import.meta.url));

/**
 * Has histories lived in processes of their own, one after the other in each.
 *
 * @param next says what to live next; undefined when nothing is left
 * @param told is given each report as it comes
 */
export async function crew(
  { workers, serverUrl }: { readonly workers: number; readonly serverUrl: string },
  next: () => Task | undefined,
  told: (report: Report) => void,
): Promise<void> {
  const hands = Array.from({ length: workers }, () => fork(program, [serverUrl], { stdio: ["ignore", "ignore", "inherit", "ipc"] }));
  await Promise.all(hands.map((hand) => employ(hand, next, told)));
}

async function employ(hand: ChildProcess, next: () => Task | undefined, told: (report: Report) => void): Promise<void> {
  const ended = once(hand, "exit");
  for (let task = next(); task; task = next()) {
    hand.send(task);
    const answer = (await Promise.race([once(hand, "message"), ended.then(() => undefined)])) as [Report] | undefined;
    if (!answer) throw new Error(`the process that lived seed ${task.seed} ended`);
    told(answer[0]);
  }
  hand.disconnect();
  await ended;
}
