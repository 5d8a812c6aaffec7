import type { SyncRefusal } from "#server/app/head-office.ts";
import { releaseParked } from "#server/app/operations/release-parked.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { endWhenAllWereHeard } from "#server/app/recovery/end-recovery.ts";
import { noteMissedRows } from "#server/app/recovery/note-missed-rows.ts";
import type { PresentReply, PresentRequest } from "#shared/contracts/sync/wire.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/**
 * Is told by a station, after head office was put back, which rows it had; with the last of them the station says that head office has all that
 * it ever wrote. When the last station has said so, rights are granted again.
 */
export const makePresent =
  (ports: Ports) =>
  async (token: string, request: PresentRequest): Promise<Result<PresentReply, SyncRefusal>> => {
    const told = await ports.store.write(async (tx): Promise<Result<{ readonly isWhole: boolean }, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      const { replica, serverEpoch, rows, isAll } = request;
      const { epoch } = await tx.recovery.state();
      // A life from before the books were put back does not know yet that it has to end.
      if (serverEpoch !== epoch) return refuse(409, "EPOCH_CHANGED", { serverEpoch: epoch });
      if (!(await tx.recovery.hasPresented(replica, epoch))) await noteMissedRows(ports, tx, replica, rows);
      if (!isAll) return ok({ isWhole: false });
      await tx.recovery.presented(replica, epoch);
      return ok({ isWhole: await endWhenAllWereHeard(ports, tx) });
    });
    if (!told.ok) return told;
    if (told.value.isWhole) {
      await releaseParked(ports);
      ports.notifier.published();
    }
    return ok({});
  };
