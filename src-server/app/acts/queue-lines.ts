import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { QueueLine, ShownEntry } from "#shared/contracts/acts/queue.ts";
import { usedOn } from "#shared/domain/earning/day-cap.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import { memberRecord, type MemberRecord } from "#shared/domain/members/member.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
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
  const awaited = read.flatMap(({ waitsFor }) => (waitsFor?.kind === "operation" ? waitsFor.id : []));
  const beside = (await tx.inbox.find([...awaited, ...[...firstAwards.values()].map(({ opId }) => opId)])).map(readForPeople);
  const besideById = new Map(beside.map((each) => [each.op.opId, each]));
  const elsewhereOf = await openCapUses(tx, read);
  const show = await makeShow(tx, [...read, ...beside], facts);
  return read.map((each): QueueLine => {
    const { op, receiptNumber, waitsFor } = each;
    const { replica, incarnation, seq, opId, type, verdict, code = null, receivedAtMs, transaction } = op;
    const ahead = besideById.get(waitsFor?.id ?? "");
    const first = code === "RECEIPT_ELSEWHERE" ? besideById.get(firstAwards.get(receiptNumber ?? "")?.opId ?? "") : undefined;
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
  return {
    op,
    memberId: (meaning.ok ? meaning.value.memberId : null) ?? (op.entity?.kind === "member" ? op.entity.id : null),
    by: operation.ok ? operation.value.body.by : null,
    atMs: operation.ok ? operation.value.body.at : null,
    points: readable ? signedPoints(readable) : null,
    award,
    receiptNumber: award?.purchase.receiptNumber ?? null,
    waitsFor: op.waitsFor === undefined ? null : { kind, id },
  };
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
): Promise<(entry: ReadEntry) => ShownEntry> {
  const names = await namesOfStaff(
    tx,
    entries.flatMap(({ by }) => by ?? []),
  );
  const keys = entries.flatMap(({ memberId }): RecordKey[] => (memberId === null ? [] : [{ kind: "member", id: memberId }]));
  const members = new Map((await tx.records.find(keys)).map(({ id, doc }): [string, MemberRecord] => [id, memberRecord.parse(doc)]));
  return ({ op, memberId, by, atMs, points, receiptNumber }) => {
    const member = members.get(memberId ?? "");
    return {
      slip: writeSlip(slipOf(op)),
      branch: branchOf(op.replica),
      atMs,
      by: names.get(by ?? "") ?? null,
      memberNumber: member?.memberNumber ?? null,
      nameMasked: member ? maskName(member.name) : null,
      points,
      receiptNumber,
    };
  };
}
