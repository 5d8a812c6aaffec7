import { isId, newId } from "#server/app/ids.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { repayFromPool } from "#server/app/operations/follow-ups.ts";
import { findMember, openWork } from "#server/app/operations/work.ts";
import type { restorePointsAct } from "#shared/contracts/acts/expired-points.ts";
import { lapseRecord } from "#shared/domain/expiry/lapse.ts";
import { pointsRestore } from "#shared/domain/expiry/ops.ts";
import { graceDays, restorableOf } from "#shared/domain/expiry/restorable.ts";
import { sumPoints } from "#shared/domain/ledger/lots.ts";
import { roleRights } from "#shared/domain/staff/roles.ts";
import { addDays } from "#shared/domain/time/calendar.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

/** What expired stays expired; the member gets as many new points, which last for some days from now on. */
export const restorePoints: ActHandler<typeof restorePointsAct> = async (
  { ports: { machine, identity }, tx, by },
  { requestId, memberId, lapsedOn, points, reason },
) => {
  if (!isId(memberId)) return err({ code: "MEMBER_NOT_FOUND" });
  const work = await openWork(tx, machine, identity, { memberIds: [memberId], withHistory: true });
  const member = findMember(work, memberId);
  if (!member) return err({ code: "MEMBER_NOT_FOUND" });
  if (roleRights[by.role].scope === "branch" && by.branchId !== member.homeBranch) return err({ code: "OUT_OF_SCOPE" });
  const lapses = work.books.records
    .ofKind("lapse")
    .map(({ doc }) => lapseRecord.parse(doc))
    .filter((lapse) => lapse.memberId === memberId);
  const restorable = restorableOf(lapses, lapsedOn);
  if (points > sumPoints(restorable)) return err({ code: "MORE_THAN_EXPIRED", points: sumPoints(restorable) });

  const expiresOn = addDays(work.today, graceDays);
  const lots = new Map(work.books.lotsAsMade(memberId).map((lot) => [lot.lotId, lot]));
  let left = points;
  const lines = restorable.flatMap((line) => {
    const given = Math.min(left, line.points);
    const lot = lots.get(line.lotId);
    left -= given;
    if (given === 0 || !lot) return [];
    const { ruleId, ruleVersion } = lot;
    const newLot = { lotId: newId(machine), ruleId, ruleVersion, earnedOn: work.today, expiresOn };
    return [{ lotId: line.lotId, points: given, newLot }];
  });
  await work.own.write(pointsRestore, {
    opId: requestId,
    by: by.staffId,
    d: { memberId, bookedOn: work.today, lapsedOn, reason, lines },
  });
  await repayFromPool(work, memberId);
  await finishWork(work);
  return ok({ points, expiresOn });
};
