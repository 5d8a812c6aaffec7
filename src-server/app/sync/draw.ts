import type { SyncRefusal } from "#server/app/head-office.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { mayHoldRights, writeGrants } from "#server/app/operations/follow-ups.ts";
import { findPool } from "#server/app/operations/pools.ts";
import { openRecallsFor, recallRights } from "#server/app/operations/recalls.ts";
import { findMember, openWork } from "#server/app/operations/work.ts";
import { isRecovering } from "#server/app/recovery/is-recovering.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { DrawReply, DrawRequest } from "#shared/contracts/sync/wire.ts";
import { spendEarliestExpiryFirst, sumPoints } from "#shared/domain/ledger/lots.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { isId } from "#server/app/ids.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/** Moves the right to spend from head office's pool to the station that asks, as far as the pool reaches. */
export const makeDraw =
  (ports: Ports) =>
  async (token: string, request: DrawRequest): Promise<Result<DrawReply, SyncRefusal>> => {
    const { drawId, incarnation, memberId, want, mayRecall = false } = request;
    const drawn = await ports.store.write(async (tx): Promise<Result<DrawReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      const { branchId, replica } = speaker.value.station;
      const wantedBy = { replica, incarnation };
      if (!isId(memberId)) return refuse(404, "MEMBER_NOT_FOUND");
      const work = await openWork(tx, ports.machine, ports.identity, { memberIds: [memberId] });
      // Looked up behind the member's lock: the same draw sent twice at once is answered twice and made once.
      const earlier = await tx.ledger.findDraw(drawId);
      if (earlier) {
        const isSame = earlier.incarnation === incarnation && earlier.memberId === memberId && earlier.want === want;
        if (!isSame) return refuse(409, "REQUEST_ID_REUSED");
        const recalled = mayRecall ? sumPoints(await openRecallsFor(work, memberId, wantedBy)) : undefined;
        return ok({ granted: earlier.granted, ...(recalled !== undefined && { recalled }) });
      }
      if (!findMember(work, memberId) && !findPool(work, memberId)) return refuse(404, "MEMBER_NOT_FOUND");
      const placed = await tx.stations.placed({ branchIds: [], incarnations: [incarnation] });
      if (!placed.some(mayHoldRights)) return refuse(403, "GRANTS_SUSPENDED");
      if (await isRecovering(tx)) return refuse(403, "HEAD_OFFICE_RECOVERING");

      const { lines } = spendEarliestExpiryFirst(work.books.held(memberId, "POOL"), want, work.today);
      const grants = await writeGrants(work, lines.length > 0 ? [{ memberId, incarnation, lines }] : [], placed);
      const granted = sumPoints(lines);
      const recalled = mayRecall ? await recallRights(work, memberId, wantedBy, want - granted) : undefined;
      await tx.ledger.addDraw({ drawId, incarnation, memberId, want, granted });
      await finishWork(work, { branchId, touched: [{ kind: "balance", id: memberId }], visits: new Map([[memberId, 1]]) }, grants);
      return ok({ granted, ...(recalled !== undefined && { recalled }) });
    });
    if (drawn.ok) ports.notifier.published();
    return drawn;
  };
