import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Report, Task } from "./worker.ts";

const program = fileURLToPath(new URL("worker.ts", import.meta.url));
const remover = new URL("matrix/remove-safeguard.ts", import.meta.url).href;

/** Who lives histories. */
export type Crew = {
  readonly workers: number;
  /** A PostgreSQL that they may use, as superuser. */
  readonly serverUrl: string;
  /** Name of the one that their product lacks. */
  readonly withoutSafeguard?: string;
};

/**
 * Has histories lived in processes of their own, one after the other in each.
 *
 * @param next says what to live next; undefined when nothing is left
 * @param told is given each report as it comes
 */
export async function employ(
  { workers, serverUrl, withoutSafeguard }: Crew,
  next: () => Task | undefined,
  told: (report: Report) => void,
): Promise<void> {
  const args = [serverUrl, ...(withoutSafeguard === undefined ? [] : [withoutSafeguard])];
  const execArgv = withoutSafeguard === undefined ? [] : ["--import", remover];
  const hands = Array.from({ length: workers }, () => fork(program, args, { execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] }));
  await Promise.all(hands.map((hand) => work(hand, next, told)));
}

async function work(hand: ChildProcess, next: () => Task | undefined, told: (report: Report) => void): Promise<void> {
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
