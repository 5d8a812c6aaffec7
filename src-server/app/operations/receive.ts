import type { FirstAward } from "#server/app/ports/ledger-store.ts";
import type { JudgedOperation, ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import { isId } from "#server/app/ids.ts";
import type { Machine } from "#server/app/ports/machine.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Incarnation, Station } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { forgetRequests, withoutForgotten } from "#server/app/erasure/forgotten.ts";
import { cardRange } from "#shared/domain/cards/card-range.ts";
import { isWithin } from "#shared/domain/cards/card-span.ts";
import { cardIssue, replacedElsewhere } from "#shared/domain/cards/ops.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { memberCreate, memberPatch } from "#shared/domain/members/ops.ts";
import { reviewDecide } from "#shared/domain/members/review-ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { staffPinWrong } from "#shared/domain/staff/ops.ts";
import { staffRecord } from "#shared/domain/staff/staff.ts";
import type { Outcome } from "#shared/domain/verdicts/verdict.ts";
import { isRecovering } from "#server/app/recovery/is-recovering.ts";
import { audiences, type Author } from "./feed-moves.ts";
import { finishWork } from "./finish-work.ts";
import { flagHeard } from "./flag-heard.ts";
import { hasEnded, lossesOf } from "./late-operations.ts";
import { judgeInOrder, type BatchFacts, type JudgedRead, type Verdict } from "./judge-in-order.ts";
import { grantRecalled } from "./recalls.ts";
import { gatherRequests, settleRequests, type RequestFacts } from "./requests.ts";
import { readOperation, type ReadOperation } from "./read-operation.ts";
import { openWork, type Subjects, type Work } from "./work.ts";

/**
 * Takes authentic operations of one life into the books, in their order: each is judged, applied if it can be, and stored with its
 * verdict, whatever that is. The caller holds the life's row.
 */
export async function receiveOperations(
  tx: Transaction,
  machine: Machine,
  identity: ServerIdentity,
  station: Station,
  operations: readonly ReceivedOperation[],
): Promise<readonly JudgedOperation[]> {
  const incarnation = operations[0]?.incarnation ?? "";
  const firstHeard = await tx.inbox.find(operations.map(({ opId }) => opId));
  const waits = await tx.inbox.waits(incarnation);
  const batch = await openBatch(tx, machine, identity, station, operations);
  const { judged, newWaits } = await judgeInOrder(batch.work, batch.facts, { firstHeard, waits }, batch.read);
  await tx.inbox.addWaits(incarnation, newWaits);
  const settled = await closeBatch(batch, judged, visitsOf(judged));
  await tx.inbox.insert(settled);
  return settled;
}

/** Operations of one life, with the work on the books that judges them. */
export type Batch = {
  readonly work: Work;
  readonly station: Station;
  readonly read: readonly ReadOperation[];
  readonly requests: RequestFacts;
  readonly facts: BatchFacts;
};

/** Opens the work on what these operations may touch. */
export async function openBatch(
  tx: Transaction,
  machine: Machine,
  identity: ServerIdentity,
  station: Station,
  operations: readonly ReceivedOperation[],
): Promise<Batch> {
  const asSent = operations.map(readOperation);
  const requests = await gatherRequests(tx, station.replica, asSent);
  const subjects = subjectsOf(asSent, requests);
  const work = await openWork(tx, machine, identity, subjects);
  const read = await withoutForgotten(tx, asSent);
  const earlier = new Map((await tx.inbox.find([...subjects.undone])).map((op) => [op.opId, op]));
  const incarnation = operations[0]?.incarnation ?? "";
  const life = await tx.stations.lock(station.replica, incarnation);
  const facts = { ...(await gatherFacts(work, station, read, earlier)), ...(await factsOfLife(tx, life)) };
  return { work, station, read, requests, facts };
}

/** Does what follows from the verdicts and ends the work. @returns the operations with their verdicts, and where each is settled */
export async function closeBatch(
  { work, station, read, requests, facts }: Batch,
  judged: readonly JudgedRead[],
  visits: Author["visits"],
): Promise<readonly JudgedOperation[]> {
  const doubled = await settleRequests(work, requests, read, facts.earlier);
  await flagHeard(work, doubled, "REFUNDED_TWICE");
  await flagHeard(work, overtakenIssues(work), "SECOND_MAIN_CARD");
  const kept = await forgetRequests(
    work,
    judged.map(({ op }) => op.received),
  );
  const grants = await grantRecalled(work, judged);
  const { placeOf } = await finishWork(work, { branchId: station.branchId, visits, touched: touchedBy(judged) }, grants);
  return judged.map(({ op, settledAs, ...judgement }, i): JudgedOperation => {
    const { memberId } = op;
    const received = kept[i] ?? op.received;
    const isDoubled = doubled.includes(received.opId) && judgement.verdict === "applied";
    const row = memberId === undefined ? (received.entity as RecordKey | undefined) : ({ kind: "balance", id: memberId } as const);
    // What is this station's alone goes back to it, not to its branch.
    const stream =
      row?.kind === "request" || row?.kind === "keptPurchase" ? streams.me(station.replica) : streams.profile(station.branchId);
    const place = row && placeOf(stream, row);
    const flagged = isDoubled && ({ verdict: "flagged", code: "REFUNDED_TWICE" } satisfies Partial<Verdict>);
    return { ...received, ...judgement, ...flagged, settle: settledAs ?? (place === undefined ? [] : [{ s: stream, g: place }]) };
  });
}

/** Issues of main cards in whose place one stays that was issued earlier and heard of only now. */
const overtakenIssues = ({ books }: Work): readonly string[] =>
  books.changes().blockedCards.flatMap(({ blockedReason, issueOp }) => (blockedReason === replacedElsewhere ? (issueOp ?? []) : []));

const recordOf = (effect: Effect): readonly RecordKey[] => (effect.kind === "putRecord" ? [{ kind: effect.record, id: effect.id }] : []);

type Gathered = Omit<Subjects, "withHistory">;
type GatheredSubjects = { readonly [K in keyof Gathered]-?: readonly (NonNullable<Gathered[K]> extends Iterable<infer T> ? T : never)[] };

function subjectsOf(read: readonly ReadOperation[], requests: RequestFacts): GatheredSubjects {
  const understood = read.flatMap(({ content }) => (content.ok ? content.value : []));
  const effects = understood.flatMap(({ meaning }) => meaning.effects);
  const awards = understood.flatMap(({ operation }) => dataOf(operation, pointsAward) ?? []);
  const wrongPins = understood.flatMap(({ operation }) => dataOf(operation, staffPinWrong) ?? []);
  const newMembers = understood.flatMap(({ operation }) => dataOf(operation, memberCreate) ?? []);
  return {
    memberIds: [
      ...read.flatMap(({ memberId }) => memberId ?? []),
      // Besides the member's own lots an operation may move those of another owner, such as a campaign's budget.
      ...effects.flatMap((effect) => (effect.kind === "move" && isId(effect.memberId) ? effect.memberId : [])),
      ...requests.memberIds,
    ],
    lotIds: [...read.flatMap(({ lotIds }) => lotIds), ...requests.entries, ...requests.lotIds],
    cardNumbers: read.flatMap(({ cardNumbers }) => cardNumbers),
    undone: [...effects.flatMap((effect) => (effect.kind === "undo" ? effect.undoes : [])), ...requests.entries],
    records: [
      ...requests.records,
      ...effects.flatMap((effect): RecordKey[] => (effect.kind === "undo" ? [{ kind: "refund", id: effect.undoes }] : [])),
      ...understood.flatMap(({ operation }) => lossesOf(operation).map((id): RecordKey => ({ kind: "loss", id }))),
      ...effects.flatMap(recordOf),
      ...understood
        .flatMap(({ operation: { body } }) => [body.by, body.second])
        .flatMap((id): RecordKey[] => (id === undefined ? [] : [{ kind: "staff", id }])),
      ...wrongPins.map(({ staffId }): RecordKey => ({ kind: "staff", id: staffId })),
      ...newMembers.map(({ homeBranch }): RecordKey => ({ kind: "branch", id: homeBranch })),
    ],
    ruleIds: awards.map(({ ruleId }) => ruleId),
    memberNumbers: newMembers.map(({ memberNumber }) => memberNumber),
  };
}

type LifeFacts = Pick<BatchFacts, "lifeHasEnded" | "lateFlag" | "forkedFrom" | "otherEndedLives" | "isRecovering">;

async function factsOfLife(tx: Transaction, life: Incarnation | undefined): Promise<LifeFacts> {
  const { forkedFrom = null, state } = life ?? {};
  const lateFlag = state === "fenced" ? "AFTER_FENCE" : "AFTER_PUT_BACK";
  if (!life || !hasEnded(life)) return { lifeHasEnded: false, lateFlag, forkedFrom, otherEndedLives: [], isRecovering: false };
  const others = (await tx.stations.lives(life.replica)).filter((other) => hasEnded(other) && other.incarnation !== life.incarnation);
  return {
    lifeHasEnded: true,
    lateFlag,
    forkedFrom,
    otherEndedLives: others.map(({ incarnation }) => incarnation),
    isRecovering: await isRecovering(tx),
  };
}

async function gatherFacts(
  work: Work,
  { branchId }: Station,
  read: readonly ReadOperation[],
  earlier: ReadonlyMap<string, JudgedOperation>,
): Promise<Omit<BatchFacts, keyof LifeFacts>> {
  const { books, tx } = work;
  const awards = read.flatMap(({ content }) => {
    const award = content.ok ? dataOf(content.value.operation, pointsAward) : undefined;
    if (!content.ok || !award) return [];
    const { opId, replica } = content.value.operation;
    return [{ receiptNumber: award.purchase.receiptNumber, opId, replica }];
  });
  const receipts: ReadonlyMap<string, FirstAward> = await tx.ledger.claimReceipts(awards);
  const rules = Map.groupBy(
    books.records.ofKind("rule").map(({ doc }) => earningRule.parse(doc)),
    ({ ruleId }) => ruleId,
  );
  const issued = read.flatMap(({ content }) => (content.ok ? (dataOf(content.value.operation, cardIssue)?.cardNumber ?? []) : []));
  const ranges = (await tx.records.cardRangesOver(issued)).map(({ doc }) => cardRange.parse(doc));
  const audienceOf = audiences(work, work.visits);
  const inThisBatch = new Map<string, { operation: Operation; outcome: Outcome }>();
  return {
    books,
    staff: (staffId) => {
      const record = books.records.find("staff", staffId);
      return record && staffRecord.parse(record.doc);
    },
    hasBranch: (id) => books.records.find("branch", id) !== undefined,
    ownBranch: branchId,
    branchOfCard: (cardNumber) => ranges.find((range) => isWithin(cardNumber, range))?.branchId,
    ruleVersions: (ruleId) => rules.get(ruleId) ?? [],
    firstAward: (receiptNumber) => receipts.get(receiptNumber),
    isVouchedFor: () => false,
    isInWorkingSet: (memberId) => audienceOf(books.namesOf(memberId)).has(branchId),
    earlier: (opId) => inThisBatch.get(opId) ?? readAgain(earlier.get(opId)),
    heard: (operation, outcome) => void inThisBatch.set(operation.opId, { operation, outcome }),
  };
}

function readAgain(stored: JudgedOperation | undefined): { operation: Operation; outcome: Outcome } | undefined {
  if (!stored || stored.verdict === "duplicate") return undefined;
  const operation = readBytes(stored, stored);
  return operation.ok ? { operation: operation.value, outcome: stored.verdict } : undefined;
}

const freshOf = (judged: readonly JudgedRead[]): readonly ReadOperation[] =>
  judged.filter(({ verdict }) => verdict !== "duplicate").map(({ op }) => op);

const fileTypes: ReadonlySet<string> = new Set([memberPatch.type, reviewDecide.type]);

export function visitsOf(judged: readonly JudgedRead[]): Author["visits"] {
  const visits = new Map<string, number>();
  for (const { memberId, received } of freshOf(judged)) {
    // Nobody is served by a correction of their file.
    if (memberId !== undefined && !fileTypes.has(received.type)) visits.set(memberId, (visits.get(memberId) ?? 0) + 1);
  }
  return visits;
}

const touchedBy = (judged: readonly JudgedRead[]): readonly RecordKey[] =>
  freshOf(judged).flatMap(({ received: { entity }, memberId, content }): RecordKey[] => [
    ...(entity ? [{ kind: entity.kind as RecordKey["kind"], id: entity.id }] : []),
    // A redemption without effect has moved no gift either.
    ...(content.ok ? content.value.meaning.effects.flatMap(recordOf) : []),
    ...(memberId === undefined
      ? []
      : ([
          { kind: "member", id: memberId },
          { kind: "balance", id: memberId },
        ] as const)),
  ]);
