import { holdUpNobody } from "#server/app/hold-up-nobody.ts";
import type { LifeKey } from "#server/app/ports/inbox.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { operationTypeOf } from "#shared/domain/operations/effects-of.ts";
import { isRecovering } from "#server/app/recovery/is-recovering.ts";
import { judgeAgain } from "./judge-again.ts";
import { booksWhole } from "./judge-in-order.ts";

/**
 * Judges again what waited for something that is here now, and what came of that, until nothing more moves: a chain of waits that leads over
 * several stations ends at once. Each life is judged in a transaction of its own, so that two stations never hold each other up; whoever stops in
 * between, or comes twice, does no harm; a life that cannot be judged waits, and holds up neither the others nor whoever pushed.
 */
export async function releaseParked(ports: Ports): Promise<void> {
  for (;;) {
    const lives = await ports.store.read(livesToJudge);
    if (lives.length === 0) return;
    let isMoved = false;
    for (const life of lives) {
      const results = await holdUpNobody(ports.machine.log, { job: "releaseParked", ...life }, () =>
        ports.store.write(async (tx) => {
          await tx.stations.lock(life.replica, life.incarnation);
          return judgeAgain(tx, ports, life);
        }),
      );
      isMoved ||= results !== undefined && results.length > 0;
    }
    if (!isMoved) return;
    ports.notifier.published();
  }
}

/** Lives of which something waits for a member, a lot or a type of operation that head office knows by now, or for every station to be heard. */
async function livesToJudge(tx: Transaction): Promise<readonly LifeKey[]> {
  const parked = await tx.inbox.parkedFor();
  if (parked.length === 0) return [];
  const wanted = [...new Set(parked.map(({ waitsFor }) => waitsFor))];
  const idsOf = (prefix: string): string[] => wanted.flatMap((subject) => (subject.startsWith(prefix) ? subject.slice(prefix.length) : []));
  const members = await tx.records.find(idsOf("member:").map((id) => ({ kind: "member", id })));
  const { lots } = await tx.ledger.lots({ memberIds: [], lotIds: idsOf("lot:") });
  const types = idsOf("type:").filter((name) => {
    const [type = "", version] = name.split("@");
    return operationTypeOf({ type, version: Number(version) }) !== undefined;
  });
  const here = new Set([
    ...members.map(({ id }) => `member:${id}`),
    ...lots.map(({ lotId }) => `lot:${lotId}`),
    ...types.map((name) => `type:${name}`),
    ...((await isRecovering(tx)) ? [] : [booksWhole]),
  ]);
  const lives = parked.filter(({ waitsFor }) => here.has(waitsFor));
  return [...new Map(lives.map(({ replica, incarnation }) => [incarnation, { replica, incarnation }])).values()];
}
