import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { CrashGround } from "./crash-ground.ts";

/** So many questions a station's hello, its push and its pull ask of the database, in all. */
const questionsMax = 60;
/** Behind a push: room for it, its answer and the pull behind it. */
const workMsMax = 150;
/** Behind a push: a question that does not come so soon is not waited for. */
const questionMsMax = 500;

/**
 * Kills head office so many times while a station exchanges with it, half of them before a question to its database that was named, half
 * at any moment around a push, and has another process take its place each time.
 *
 * @param died is told where
 */
export async function killHeadOffice(ground: CrashGround, kills: number, died: (where: string) => void): Promise<void> {
  const { headOffice, line, onLine, draw } = ground;
  await headOffice.kill();
  for (let turn = 0; turn < kills; turn++) {
    const isNamed = turn % 2 === 0;
    line.leadTo(await headOffice.start(isNamed ? 1 + draw.below(questionsMax) : null));
    const pushed = once(onLine, "push").then(() => sleep(isNamed ? questionMsMax : draw.below(workMsMax)));
    await Promise.race([headOffice.died(), pushed]);
    const before = await headOffice.kill();
    died(before === undefined ? "head office, any moment" : `head office, before ${before}`);
  }
  line.leadTo(await headOffice.start(null));
}
