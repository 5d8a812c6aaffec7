import type { JudgedOperation, LifeKey, ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { memberCreate } from "#shared/domain/members/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { entryRefuse, entryRelease } from "#shared/domain/verdicts/ops.ts";
import type { VerdictRecord } from "#shared/domain/verdicts/verdict.ts";
import { sameJson } from "#shared/std/json.ts";
import { newSalt } from "#server/app/salt.ts";
import { judgeInOrder, type JudgedRead, type Verdict } from "./judge-in-order.ts";
import { headOfficeItself } from "./own-operations.ts";
import { waitSubjects, type ReadOperation } from "./read-operation.ts";
import { closeBatch, openBatch, visitsOf, type Batch } from "./receive.ts";

/** What a person decides about one operation that had no effect. */
export type Decision = {
  /** `refuse`: no effect, for good. `release`: judged again; `vouch`: and whoever wrote it may be believed, though their role is too small. */
  readonly kind: "refuse" | "release" | "vouch";
  readonly seq: number;
  /** The decision's own operation. */
  readonly opId: string;
  /** Staff id. */
  readonly by: string;
  readonly reason: string;
};

export type VerdictOf = Pick<VerdictRecord, "opId" | "seq" | "outcome" | "code">;

/**
 * Judges the queue of one life again, in its order: what is parked, and what a person released. The rest of what is quarantined stays as it is, and
 * whatever touches the same goes on waiting behind it. The caller holds the life's row.
 *
 * @returns what has another verdict now
 */
export async function judgeAgain(
  tx: Transaction,
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  life: LifeKey,
  decision?: Decision,
): Promise<readonly VerdictOf[]> {
  const station = await tx.stations.find(life.replica);
  const queue = await tx.inbox.unresolved(life);
  if (!station || queue.length === 0) return [];
  // What is applied now is booked now: reports by dates of booking never change.
  const bookingDate = businessDateOf(machine.clock.nowMs());
  const unjudged = queue.map((op): ReceivedOperation => ({ ...withoutVerdict(op), bookingDate }));
  const batch = await openBatch(tx, machine, identity, station, unjudged);
  const stored = new Map(queue.map((op) => [op.seq, op]));
  const decided = decision ? decidedWith(queue, decision.seq) : new Set<number>();
  const refused = decision?.kind === "refuse" ? restingOn(batch.read, decided) : new Set<number>();
  const stands = queue.filter(({ verdict, seq }) => verdict === "quarantined" && !decided.has(seq));
  const elsewhere = (await tx.inbox.find(queue.map(({ opId }) => opId))).filter((first) => !queue.some((op) => isSamePlace(op, first)));
  const isVouchedFor = (opId: string): boolean => decision?.kind === "vouch" && queue.some((op) => op.opId === opId && decided.has(op.seq));

  await tx.inbox.clearWaits(life.incarnation);
  const { judged, newWaits } = await judgeInOrder(
    batch.work,
    { ...batch.facts, isVouchedFor },
    { firstHeard: elsewhere, waits: [], standing: new Map(stands.map(({ seq, ...op }) => [seq, verdictOf(op)])) },
    batch.read.filter(({ received }) => !refused.has(received.seq)),
  );
  await tx.inbox.addWaits(life.incarnation, newWaits);

  const changed: readonly JudgedRead[] = [
    ...batch.read.filter(({ received }) => refused.has(received.seq)).map((op) => ({ op, ...refusalOf(stored.get(op.received.seq)) })),
    ...judged.filter(({ op, ...judgement }) => !isSameVerdict(judgement, stored.get(op.received.seq))),
  ];
  const [first, ...others] = changed.map(toVerdict);
  if (!first) return [];
  await batch.work.own.write(decision?.kind === "refuse" ? entryRefuse : entryRelease, {
    ...(decision && { opId: decision.opId }),
    by: decision?.by ?? headOfficeItself,
    d: { ...life, results: [first, ...others] },
    ...(decision && { personal: { salt: newSalt(machine), reason: decision.reason } }),
  });
  await tx.inbox.judgedAgain(await closeBatch(batch, changed, newVisits(batch, changed)));
  return [first, ...others];
}

function withoutVerdict({
  verdict: _verdict,
  first: _first,
  code: _code,
  waitsFor: _waitsFor,
  settle: _settle,
  ...received
}: JudgedOperation) {
  return received;
}

/** They were counted as visits when they came, but for those of members whom nobody knew then. */
function newVisits({ work, station }: Batch, changed: readonly JudgedRead[]): ReturnType<typeof visitsOf> {
  const isCounted = (member: string): boolean =>
    work.visits.some(({ memberId, branchId }) => memberId === member && branchId === station.branchId);
  return new Map([...visitsOf(changed)].filter(([memberId]) => !isCounted(memberId)));
}

/** A linked group is decided about as one. */
function decidedWith(queue: readonly JudgedOperation[], seq: number): ReadonlySet<number> {
  const group = queue.find((op) => op.seq === seq)?.transaction?.id;
  const isDecided = (op: JudgedOperation): boolean => op.seq === seq || (group !== undefined && op.transaction?.id === group);
  return new Set(queue.filter(isDecided).map((op) => op.seq));
}

/** What is refused, and everything behind it that names a member or a lot which then will never be, directly or by way of another. */
function restingOn(read: readonly ReadOperation[], decided: ReadonlySet<number>): ReadonlySet<number> {
  const refused = new Set(decided);
  const neverMade = new Set<string>();
  for (const op of read) {
    const { seq, opId } = op.received;
    const made = op.content.ok ? dataOf(op.content.value.operation, memberCreate) : undefined;
    const names = waitSubjects(op).filter((subject) => subject !== `member:${made?.memberId}` && subject !== `lot:${opId}`);
    if (names.some((subject) => neverMade.has(subject))) refused.add(seq);
    if (!refused.has(seq)) continue;
    neverMade.add(`lot:${opId}`);
    if (made) neverMade.add(`member:${made.memberId}`);
  }
  return refused;
}

const isSamePlace = (a: JudgedOperation, b: JudgedOperation): boolean =>
  a.replica === b.replica && a.incarnation === b.incarnation && a.seq === b.seq;

const verdictOf = ({ verdict, first, code, waitsFor }: Verdict): Verdict => ({
  verdict,
  ...(first && { first }),
  ...(code !== undefined && { code }),
  ...(waitsFor !== undefined && { waitsFor }),
});

const isSameVerdict = (now: Verdict, before: Verdict | undefined): boolean =>
  before !== undefined && sameJson(verdictOf(now), verdictOf(before));

/** Why it had no effect stays beside it. */
const refusalOf = (before: Verdict | undefined): Verdict => ({
  verdict: "refused",
  ...(before?.code !== undefined && { code: before.code }),
});

function toVerdict({ op: { received }, verdict, first, code }: JudgedRead): VerdictOf {
  const { opId, seq } = received;
  return { opId, seq, outcome: verdict === "duplicate" ? (first ?? "applied") : verdict, code: code ?? null };
}
