import { runAct } from "#server/app/acts/run-act.ts";
import type { SyncRefusal } from "#server/app/head-office.ts";
import { isId } from "#server/app/ids.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { actTypes } from "#shared/contracts/acts/act-types.ts";
import type { ActReply, ActRequest } from "#shared/contracts/sync/wire.ts";
import type { Result } from "#shared/std/result.ts";
import { personAt } from "./person-at.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/** Does for a person at a station what only head office may do. The station names the person; what that person may, is looked up here. */
export const makeAct =
  (ports: Ports) =>
  async (token: string, request: ActRequest): Promise<Result<ActReply, SyncRefusal>> => {
    const acted = await ports.store.write(async (tx): Promise<Result<ActReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      const act = actTypes.get(request.type);
      if (!act) return refuse(400, "ACT_UNKNOWN");
      const input = act.input.safeParse(act.isQuestion ? request.body : { ...request.body, requestId: request.actId });
      if (!isId(request.actId) || !input.success) return refuse(400, "MALFORMED");
      const person = await personAt(tx, speaker.value.station, request.by);
      if (!person) return refuse(403, "FORBIDDEN", { permission: act.permission });
      return runAct({ ports, tx, by: person }, act, input.data);
    });
    if (acted.ok) ports.notifier.published();
    return acted;
  };
