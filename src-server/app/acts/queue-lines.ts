import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { QueueLine } from "#shared/contracts/acts/queue.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { signedPoints } from "#shared/domain/ledger/movement.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import { memberRecord } from "#shared/domain/members/member.ts";
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

/** Says of operations what they are, as far as their bytes can be believed, and what stands against them. */
export async function queueLines(tx: Transaction, stored: readonly JudgedOperation[], facts: QueueFacts): Promise<QueueLine[]> {
  const read = stored.map(readForPeople);
  const names = await namesOfStaff(
    tx,
    read.flatMap(({ by }) => by ?? []),
  );
  const keys = read.flatMap(({ memberId }): RecordKey[] => (memberId === null ? [] : [{ kind: "member", id: memberId }]));
  const members = new Map((await tx.records.find(keys)).map(({ id, doc }) => [id, memberRecord.parse(doc)]));
  const ahead = await tx.inbox.find(read.flatMap(({ awaited }) => (awaited?.kind === "operation" ? awaited.id : [])));
  const slips = new Map(ahead.map((op) => [op.opId, writeSlip(slipOf(op))]));
  return read.map(({ op, memberId, by, awaited, ...about }): QueueLine => {
    const { replica, incarnation, seq, opId, type, verdict, code, receivedAtMs, transaction } = op;
    const member = members.get(memberId ?? "");
    return {
      replica,
      incarnation,
      seq,
      opId,
      slip: writeSlip(slipOf(op)),
      branch: facts.branchOf(replica),
      type,
      code: code ?? null,
      receivedAtMs,
      ...about,
      by: names.get(by ?? "") ?? null,
      memberNumber: member?.memberNumber ?? null,
      nameMasked: member ? maskName(member.name) : null,
      waitsFor: awaited && { what: whats[awaited.kind] ?? "entry", slip: slips.get(awaited.id) ?? null },
      behind: facts.behind(opId),
      groupOf: transaction?.of ?? 1,
      canBeVouchedFor: verdict === "quarantined" && code === "NEVER_PERMITTED",
      isOverdue: verdict === "parked" && facts.nowMs - receivedAtMs > overdueAfterMs,
    };
  });
}

const whats: Readonly<Record<string, "entry" | "member" | "lot" | "program">> = { member: "member", lot: "lot", type: "program" };

function readForPeople(op: JudgedOperation) {
  const operation = readBytes(op, op);
  // Bytes that are not what their type promises say nothing that could be shown.
  const meaning = operation.ok ? effectsOf(operation.value) : operation;
  const readable = operation.ok && meaning.ok ? operation.value : undefined;
  const [kind = "", id = ""] = op.waitsFor?.split(/:(.*)/s) ?? [];
  return {
    op,
    memberId: (meaning.ok ? meaning.value.memberId : null) ?? (op.entity?.kind === "member" ? op.entity.id : null),
    by: operation.ok ? operation.value.body.by : null,
    atMs: operation.ok ? operation.value.body.at : null,
    points: readable ? signedPoints(readable) : null,
    receiptNumber: (readable && dataOf(readable, pointsAward)?.purchase.receiptNumber) ?? null,
    awaited: op.waitsFor === undefined ? null : { kind, id },
  };
}
