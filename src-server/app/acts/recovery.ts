import { finishWork } from "#server/app/operations/finish-work.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import { beginRecovery } from "#server/app/recovery/begin-recovery.ts";
import { endRecovery } from "#server/app/recovery/end-recovery.ts";
import type { beginRecoveryAct, closeMissingAct, goOnAct, MissingRow, recoveryStateAct } from "#shared/contracts/acts/recovery.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { missedIdOf, missedRow } from "#shared/domain/stations/missed-row.ts";
import { rowClosed } from "#shared/domain/stations/put-back-ops.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

/** How far head office is, whom it waits for, and what somebody has to do once more. */
export const recoveryState: ActHandler<typeof recoveryStateAct> = async ({ ports, tx }) => {
  const { epoch, recoveringSinceMs } = await tx.recovery.state();
  const codes = new Map((await tx.records.ofKind("branch")).map(({ id, doc }) => [id, branchRecord.parse(doc).code]));
  const stations = new Map((await tx.stations.overview()).map((station) => [station.replica, station]));
  const branchOf = (replica: number): string => codes.get(stations.get(replica)?.branchId ?? "") ?? "";
  const replicas = recoveringSinceMs === null ? [] : await tx.recovery.awaited(epoch);
  const awaited = replicas.map((replica) => {
    return { replica, branch: branchOf(replica), lastContactMs: stations.get(replica)?.lastContactMs ?? null };
  });
  const missing = (await tx.records.ofKind("missedRow")).flatMap(({ doc }): MissingRow[] => {
    const { kind, id, name, toldAtMs, toldBy, state } = missedRow.parse(doc);
    return state === "open" ? [{ kind, id, name, toldAtMs, toldBy: branchOf(toldBy) }] : [];
  });
  return ok({ asOfMs: ports.machine.clock.nowMs(), sinceMs: recoveringSinceMs, awaited, missing });
};

export const beginRecoveryByHand: ActHandler<typeof beginRecoveryAct> = async ({ ports, tx, by }, { requestId }) =>
  ok({ epoch: await beginRecovery(ports, tx, { opId: requestId, by: by.staffId, shownBy: null }) });

export const goOn: ActHandler<typeof goOnAct> = async ({ ports, tx, by }, { requestId, without: shown }) => {
  const { epoch, recoveringSinceMs } = await tx.recovery.state();
  if (recoveringSinceMs === null) return err({ code: "NOT_RECOVERING" });
  const without = await tx.recovery.awaited(epoch);
  if (without.length !== shown) return err({ code: "AWAITED_CHANGED" });
  await endRecovery(ports, tx, { opId: requestId, by: by.staffId, without });
  return ok({});
};

export const closeMissing: ActHandler<typeof closeMissingAct> = async ({ ports, tx, by }, { requestId, kind, id }) => {
  const work = await openOwnRecords(ports, tx, { kind: "missedRow", id: missedIdOf({ kind, id }) });
  const known = work.books.records.find("missedRow", missedIdOf({ kind, id }));
  if (!known || missedRow.parse(known.doc).state === "closed") return err({ code: "NOTHING_MISSING" });
  await work.own.write(rowClosed, { opId: requestId, by: by.staffId, d: { kind, id } });
  await finishWork(work);
  return ok({});
};
