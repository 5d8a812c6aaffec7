import type { SyncRefusal } from "#server/app/head-office.ts";
import { hasEnded } from "#server/app/operations/late-operations.ts";
import { passRightsOn } from "#server/app/operations/pass-rights-on.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import type { OwnOpsReply, OwnOpsRequest } from "#shared/contracts/sync/wire.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { toResult } from "./push-result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

const operationsAtOnce = 200;

/**
 * Gives a station what an earlier life of its database wrote and it has lost since. When it asks for the number after the last one, both
 * sides have the same of that life: nothing more can come from it, and what it could spend goes to the life that asks.
 */
export const makeOwnOps =
  (ports: Ports) =>
  async (token: string, request: OwnOpsRequest): Promise<Result<OwnOpsReply, SyncRefusal>> => {
    const told = await ports.store.write(async (tx): Promise<Result<OwnOpsReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      const { replica, of, from, incarnation } = request;
      const life = await tx.stations.lock(replica, of);
      if (!life) return refuse(404, "LIFE_UNKNOWN");
      const stored = await tx.inbox.range(replica, of, from, Math.min(life.ackSeq, from + operationsAtOnce - 1));
      if (from === life.ackSeq + 1 && hasEnded(life)) await passRightsOn(ports, tx, life, incarnation);
      return ok({ ops: stored.map((op) => ({ op: toWire(op), result: toResult(op) })) });
    });
    if (told.ok) ports.notifier.published();
    return told;
  };
