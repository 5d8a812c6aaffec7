import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import { parseRefunded } from "#server/app/operations/refunds.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { QueueLine, ShownEntry } from "#shared/contracts/acts/queue.ts";
import { usedOn } from "#shared/domain/earning/day-cap.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import { memberRecord, type MemberRecord } from "#shared/domain/members/member.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { refundRequest } from "#shared/domain/requests/ops.ts";
import { requestRecord, sameGoodsAs } from "#shared/domain/requests/request.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import { namesOfStaff } from "./staff-names.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** A place that was silent for longer than this has been given up: what waits for it waits for something that does not come. */
const overdueAfterMs = 30 * dayMs;

export type QueueFacts = {
  readonly nowMs: number;
  /** Branch code of a station. */
  readonly branchOf: (replica: number) => string;
  /** How many operations wait behind one. */
  readonly behind: (opId: string) => number;
};

/** Says of operations what they are, as far as their bytes can be believed, what stands against them, and what they are compared with. */
export async function queueLines(tx: Transaction, stored: readonly JudgedOperation[], facts: QueueFacts): Promise<QueueLine[]> {
  const read = stored.map(readForPeople);
  const doubled = read.flatMap(({ op, receiptNumber }) => (op.code === "RECEIPT_ELSEWHERE" ? (receiptNumber ?? []) : []));
  const firstAwards = doubled.length > 0 ? await tx.ledger.awardsOf(doubled) : new Map<string, { readonly opId: string }>();
  const refunds = await openRefunds(tx, read);
  const awaited = read.flatMap(({ waitsFor }) => (waitsFor?.kind === "operation" ? waitsFor.id : []));
  const compared = [...[...firstAwards.values()].map(({ opId }) => opId), ...refunds.first.values()];
  const beside = (await tx.inbox.find([...awaited, ...compared])).map(readForPeople);
  const besideById = new Map(beside.map((each) => [each.op.opId, each]));
  const elsewhereOf = await openCapUses(tx, read);
  const show = await makeShow(tx, [...read, ...beside], facts, refunds);
  return read.map((each): QueueLine => {
    const { op, receiptNumber, waitsFor } = each;
    const { replica, incarnation, seq, opId, type, verdict, code = null, receivedAtMs, transaction } = op;
    const ahead = besideById.get(waitsFor?.id ?? "");
    const firstId = code === "RECEIPT_ELSEWHERE" ? firstAwards.get(receiptNumber ?? "")?.opId : refunds.first.get(opId);
    const first = besideById.get(firstId ?? "");
    return {
      replica,
      incarnation,
      seq,
      opId,
      type,
      code,
      receivedAtMs,
      ...show(each),
      waitsFor: waitsFor && { what: whats[waitsFor.kind] ?? "entry", slip: ahead ? writeSlip(slipOf(ahead.op)) : null },
      other: first ? show(first) : null,
      capElsewhere: code === "CAP_EXCEEDED" ? elsewhereOf(each) : null,
      behind: facts.behind(opId),
      groupOf: transaction?.of ?? 1,
      canBeVouchedFor: verdict === "quarantined" && code === "NEVER_PERMITTED",
      isOverdue: verdict === "parked" && facts.nowMs - receivedAtMs > overdueAfterMs,
    };
  });
}

const whats: Readonly<Record<string, "entry" | "member" | "lot" | "program">> = { member: "member", lot: "lot", type: "program" };

type ReadEntry = ReturnType<typeof readForPeople>;

function readForPeople(op: JudgedOperation) {
  const operation = readBytes(op, op);
  // Bytes that are not what their type promises say nothing that could be shown.
  const meaning = operation.ok ? effectsOf(operation.value) : operation;
  const readable = operation.ok && meaning.ok ? operation.value : undefined;
  const [kind = "", id = ""] = op.waitsFor?.split(/:(.*)/s) ?? [];
  const award = readable && dataOf(readable, pointsAward);
  const refund = readable && dataOf(readable, refundRequest);
  return {
    op,
    memberId: (meaning.ok ? meaning.value.memberId : null) ?? (op.entity?.kind === "member" ? op.entity.id : null),
    by: operation.ok ? operation.value.body.by : null,
    atMs: operation.ok ? operation.value.body.at : null,
    points: readable ? signedPoints(readable) : null,
    award,
    refund,
    receiptNumber: award?.purchase.receiptNumber ?? refund?.receiptNumber ?? null,
    waitsFor: op.waitsFor === undefined ? null : { kind, id },
  };
}

type Refunds = {
  /** Of a request that looks like goods refunded before, the request of those. */
  readonly first: ReadonlyMap<string, string>;
  /** Whose purchase a refund is about. */
  readonly memberOf: (requestId: string) => string | undefined;
  /** What was taken back, and 0 or nothing where nothing was. */
  readonly pointsOf: (requestId: string) => number | null;
};

/** What is known of refunds: the purchase, and the earlier request that each looks like. */
async function openRefunds(tx: Transaction, entries: readonly ReadEntry[]): Promise<Refunds> {
  const asked = entries.flatMap(({ op, refund }) => (refund ? [{ opId: op.opId, replica: op.replica, code: op.code, ...refund }] : []));
  const awards = asked.length > 0 ? await tx.ledger.awardsOf(asked.map(({ receiptNumber }) => receiptNumber)) : new Map();
  const purchases = await tx.inbox.find([...awards.values()].map(({ opId }: { readonly opId: string }) => opId));
  const read = new Map(purchases.map((op) => [op.opId, readForPeople(op)]));
  const records = await tx.records.find(purchases.map(({ opId }): RecordKey => ({ kind: "refund", id: opId })));
  const counted = new Map(records.map(({ id, doc }) => [id, parseRefunded(doc).counted]));
  const purchaseOf = (receiptNumber: string) => read.get(awards.get(receiptNumber)?.opId ?? "");
  const first = asked.flatMap(({ opId, replica, code, receiptNumber, refundFen }): [string, string][] => {
    const purchase = purchaseOf(receiptNumber);
    const earlier = (purchase && counted.get(purchase.op.opId))?.filter(({ requestId }) => requestId !== opId) ?? [];
    const same = code === "REFUNDED_TWICE" && sameGoodsAs(earlier, { replica, refundFen }, purchase?.award?.purchase.amountFen ?? 0);
    return same ? [[opId, same.requestId]] : [];
  });
  const done = await tx.records.find(
    [...asked.map(({ opId }) => opId), ...first.map(([, id]) => id)].map((id): RecordKey => ({ kind: "request", id })),
  );
  const requests = new Map(done.map(({ id, doc }) => [id, requestRecord.parse(doc)]));
  const memberOf = (requestId: string): string | undefined => {
    const request = requests.get(requestId);
    return request?.memberId ?? purchaseOf(request?.reference ?? "")?.memberId ?? undefined;
  };
  return { first: new Map(first), memberOf, pointsOf: (requestId) => requests.get(requestId)?.points ?? null };
}

/** What other counters gave the member of an award on its day, under its rule. */
async function openCapUses(tx: Transaction, entries: readonly ReadEntry[]): Promise<(entry: ReadEntry) => number> {
  const beyond = entries.flatMap(({ op, award }) => (op.code === "CAP_EXCEEDED" && award ? [award.memberId] : []));
  const found = await tx.records.find(beyond.map((id): RecordKey => ({ kind: "capUse", id })));
  const uses = new Map(found.map(({ id, doc }) => [id, doc]));
  return ({ op, award }) => {
    const doc = award && uses.get(award.memberId);
    return doc ? usedOn([doc], award.ruleId, award.earnedOn, op.replica).elsewhere : 0;
  };
}

/** Looks up the names of all of them at once. */
async function makeShow(
  tx: Transaction,
  entries: readonly ReadEntry[],
  { branchOf }: QueueFacts,
  { memberOf, pointsOf }: Refunds,
): Promise<(entry: ReadEntry) => ShownEntry> {
  const names = await namesOfStaff(
    tx,
    entries.flatMap(({ by }) => by ?? []),
  );
  const ownerOf = ({ op, memberId }: ReadEntry): string | undefined => memberId ?? memberOf(op.opId);
  const keys = entries.flatMap((entry): RecordKey[] => {
    const id = ownerOf(entry);
    return id === undefined ? [] : [{ kind: "member", id }];
  });
  const members = new Map((await tx.records.find(keys)).map(({ id, doc }): [string, MemberRecord] => [id, memberRecord.parse(doc)]));
  return (entry) => {
    const { op, by, atMs, points, receiptNumber, refund } = entry;
    const member = members.get(ownerOf(entry) ?? "");
    return {
      slip: writeSlip(slipOf(op)),
      branch: branchOf(op.replica),
      atMs,
      by: names.get(by ?? "") ?? null,
      memberNumber: member?.memberNumber ?? null,
      nameMasked: member ? maskName(member.name) : null,
      points: refund ? pointsOf(op.opId) : points,
      receiptNumber,
      refundFen: refund?.refundFen ?? null,
    };
  };
}
