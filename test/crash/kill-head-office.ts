import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { CrashGround } from "./crash-ground.ts";

/** So many questions a station's hello, its push and its pull ask of the database, in all. */
const questionsMax = 60;
/** Behind a push: room for it, its answer and the pull behind it. */
const workMsMax = 150;
/** Behind a push: a question that does not come so soon is not waited for. */
const questionMsMax = 1_000;

/**
 * Kills head office so many times while a station exchanges with it, half of them before a question to its database that was named, half
 * at any moment around a push, and starts it again each time.
 *
 * @param died is told where
 */
export async function killHeadOffice(
  { headOffice, onLine, draw }: CrashGround,
  kills: number,
  died: (where: string) => void,
): Promise<void> {
  await headOffice.kill();
  for (let turn = 0; turn < kills; turn++) {
    const isNamed = turn % 2 === 0;
    await headOffice.start(isNamed ? 1 + draw.below(questionsMax) : null);
    const pushed = once(onLine, "push").then(() => sleep(isNamed ? questionMsMax : draw.below(workMsMax)));
    await Promise.race([headOffice.died(), pushed]);
    const before = await headOffice.kill();
    died(before === undefined ? "head office, any moment" : `head office, before ${before}`);
  }
  await headOffice.start(null);
}
