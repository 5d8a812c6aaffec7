import { finishWork } from "#server/app/operations/finish-work.ts";
import { judgeAgain, type Decision, type VerdictOf } from "#server/app/operations/judge-again.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import type { Work } from "#server/app/operations/work.ts";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import { newSalt } from "#server/app/salt.ts";
import type { noteEntryAct, refuseEntryAct, releaseEntryAct } from "#shared/contracts/acts/queue.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { may, roleRights } from "#shared/domain/staff/roles.ts";
import { entryNote } from "#shared/domain/verdicts/ops.ts";
import { hadEffect, verdictIdOf, verdictRecord } from "#shared/domain/verdicts/verdict.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { ActContext, ActHandler } from "./act-handler.ts";

type Place = Pick<JudgedOperation, "replica" | "incarnation" | "seq">;
type Refused = { readonly code: "NOT_HELD_BACK" | "OUT_OF_SCOPE" | "OWN_WORK" };

/** Judges an entry again. One that is still without effect stays where it was, and the person is told why. */
export const releaseEntry: ActHandler<typeof releaseEntryAct> = async (context, { requestId, reason, isVouchedFor, ...place }) => {
  const held = await heldBack(context, place);
  if (!held.ok) return held;
  // Whoever answers for somebody else's role must have a role above all of them.
  const kind = isVouchedFor && may(context.by, "headOffice.manage") ? "vouch" : "release";
  const results = await decide(context, place, { kind, seq: place.seq, opId: requestId, by: context.by.staffId, reason });
  const own = results.find(({ seq }) => seq === place.seq);
  if (!own || !hadEffect(own.outcome)) return err({ code: "STILL_HELD_BACK", why: own?.code ?? held.value.code ?? "" });
  return ok({ outcome: own.outcome, code: own.code, others: results.length - 1 });
};

/** Decides against an entry, for good. */
export const refuseEntry: ActHandler<typeof refuseEntryAct> = async (context, { requestId, reason, ...place }) => {
  const held = await heldBack(context, place);
  if (!held.ok) return held;
  const results = await decide(context, place, { kind: "refuse", seq: place.seq, opId: requestId, by: context.by.staffId, reason });
  return ok({ outcome: "refused", code: held.value.code ?? null, others: results.length - 1 });
};

/** Notes that somebody has looked at a flagged entry. */
export const noteEntry: ActHandler<typeof noteEntryAct> = async (context, { requestId, reason, ...place }) => {
  const found = await entryAt(context, place);
  if (!found.ok) return found;
  const work = await openOwnRecords(context.ports, context.tx, { kind: "verdict", id: verdictIdOf(place) });
  const noted = await note(context, work, found.value, { requestId, reason });
  if (!noted.ok) return noted;
  await finishWork(work);
  return ok({});
};

/** Writes what a person said of a flagged entry, once. The caller holds head office's chain and has read the entry's verdict behind it. */
export async function note(
  { ports, by }: ActContext,
  { own, books }: Pick<Work, "own" | "books">,
  { verdict, replica, incarnation, opId, seq, code }: JudgedOperation,
  { requestId, reason }: { readonly requestId: string; readonly reason: string },
): Promise<Result<undefined, { code: "NOT_HELD_BACK" }>> {
  const before = books.records.find("verdict", verdictIdOf({ incarnation, seq }));
  const isSeen = before !== undefined && verdictRecord.parse(before.doc).decidedBy !== headOfficeItself;
  if (verdict !== "flagged" || isSeen) return err({ code: "NOT_HELD_BACK" });
  await own.write(entryNote, {
    opId: requestId,
    by: by.staffId,
    d: { replica, incarnation, results: [{ opId, seq, outcome: verdict, code: code ?? null }] },
    personal: { salt: newSalt(ports.machine), reason },
  });
  return ok(undefined);
}

const decide = ({ ports, tx }: ActContext, { replica, incarnation }: Place, decision: Decision): Promise<readonly VerdictOf[]> =>
  judgeAgain(tx, ports, { replica, incarnation }, decision);

/** Holds the life, so that no batch of it is judged meanwhile. */
async function heldBack(context: ActContext, place: Place): Promise<Result<JudgedOperation, Refused>> {
  await context.tx.stations.lock(place.replica, place.incarnation);
  const found = await entryAt(context, place);
  if (!found.ok) return found;
  const isHeld = found.value.verdict === "quarantined" || found.value.verdict === "parked";
  return isHeld ? found : err({ code: "NOT_HELD_BACK" });
}

/** The entry, if this person may decide about it: of their own branch, and not their own work. */
export async function entryAt({ tx, by }: ActContext, { replica, incarnation, seq }: Place): Promise<Result<JudgedOperation, Refused>> {
  const station = await tx.stations.find(replica);
  const [stored] = await tx.inbox.range(replica, incarnation, seq, seq);
  if (!station || !stored) return err({ code: "NOT_HELD_BACK" });
  if (roleRights[by.role].scope === "branch" && by.branchId !== station.branchId) return err({ code: "OUT_OF_SCOPE" });
  const operation = readBytes(stored, stored);
  return operation.ok && operation.value.body.by === by.staffId ? err({ code: "OWN_WORK" }) : ok(stored);
}
