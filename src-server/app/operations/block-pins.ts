import type { Ports } from "#server/app/ports/ports.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import { pinTriesADayMax } from "#shared/domain/staff/pin.ts";
import { staffPinBlocked, staffPinWrong } from "#shared/domain/staff/ops.ts";
import { staffRecord } from "#shared/domain/staff/staff.ts";
import { finishWork } from "./finish-work.ts";
import { headOfficeItself } from "./own-operations.ts";
import { openOwnRecords } from "./own-records.ts";

/**
 * Takes a PIN out of use everywhere once it was wrong too often in a day, wherever that was. Done after the tries were stored, in a
 * transaction of its own: counters that tell of tries at the same moment are counted one after the other, and a batch that is sent again
 * because its answer was lost is counted again.
 */
export async function blockPins(ports: Ports, received: readonly Pick<ReceivedOperation, "type" | "entity">[]): Promise<void> {
  const staffIds = new Set(received.flatMap(({ type, entity }) => (type === staffPinWrong.type && entity ? [entity.id] : [])));
  for (const staffId of staffIds) await blockPin(ports, staffId);
}

const blockPin = (ports: Ports, staffId: string): Promise<void> =>
  ports.store.write(async (tx) => {
    const work = await openOwnRecords(ports, tx, { kind: "staff", id: staffId });
    const record = work.books.records.find("staff", staffId);
    const person = record && staffRecord.parse(record.doc);
    if (!person || typeof person.pinBlockedAtMs === "number") return;
    if ((await tx.inbox.wrongPinsInADay(staffId, person.pinResetAtMs ?? 0)) < pinTriesADayMax) return;
    await work.own.write(staffPinBlocked, { by: headOfficeItself, d: { staffId } });
    await finishWork(work);
  });
