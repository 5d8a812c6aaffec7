import { finishWork } from "#server/app/operations/finish-work.ts";
import { countRefund } from "#server/app/operations/requests.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { countRefundAct } from "#shared/contracts/acts/queue.ts";
import { ownersOf } from "#shared/domain/operations/effects-of.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { requestRecord } from "#shared/domain/requests/request.ts";
import { verdictIdOf } from "#shared/domain/verdicts/verdict.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { entryAt, note } from "./decide-entry.ts";

/** Two counters took different goods of one purchase back: the second refund counts too. */
export const countSecondRefund: ActHandler<typeof countRefundAct> = async (context, { requestId, reason, ...place }) => {
  const { ports, tx, by } = context;
  const found = await entryAt(context, place);
  if (!found.ok) return found;
  const { opId } = found.value;
  const [record] = await tx.records.find([{ kind: "request", id: opId }]);
  const asked = record && requestRecord.parse(record.doc);
  const first = asked && (await tx.ledger.awardsOf([asked.reference])).get(asked.reference);
  const [stored] = first ? await tx.inbox.find([first.opId]) : [];
  const award = stored && readBytes(stored, stored);
  if (asked?.code !== "REFUNDED_TWICE" || asked.refundFen === null || !award?.ok) return err({ code: "NOT_HELD_BACK" });

  const awardId = award.value.opId;
  const work = await openWork(tx, ports.machine, ports.identity, {
    memberIds: ownersOf(award.value),
    lotIds: [awardId],
    undone: [awardId],
    records: [
      { kind: "request", id: opId },
      { kind: "refund", id: awardId },
    ],
  });
  // The verdict has no lock of its own: of two people who decide at once, the later one reads it behind the chain.
  await work.own.hold();
  work.books.records.bring(await tx.records.find([{ kind: "verdict", id: verdictIdOf(place) }]));
  const noted = await note(context, work, found.value, { requestId, reason });
  if (!noted.ok) return noted;
  const why = await countRefund(work, { requestId: opId, replica: asked.replica, refundFen: asked.refundFen }, award.value, by.staffId);
  if (why) return err({ code: "STILL_HELD_BACK", why });
  const settled = work.books.records.find("request", opId);
  await finishWork(work);
  return ok({ points: -(settled ? (requestRecord.parse(settled.doc).points ?? 0) : 0) });
};
