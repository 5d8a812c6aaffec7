import type { AdminService } from "#server/app/head-office.ts";
import { withoutEffect } from "#server/app/operations/codes.ts";
import { entryLines } from "#server/app/operations/entry-lines.ts";
import type { Damage } from "#server/app/ports/audit.ts";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { peopleOf } from "#server/app/erasure/find-about.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { requestRecord } from "#shared/domain/requests/request.ts";
import { entryNote, entryRefuse, entryRelease } from "#shared/domain/verdicts/ops.ts";
import { findErasure } from "#server/app/erasure/erase-person.ts";
import { genesisOf } from "#server/app/genesis.ts";
import { sha256 } from "#server/app/sha256.ts";
import { effectsOf, memberIdOf } from "#shared/domain/operations/effects-of.ts";
import { hashBehind } from "#shared/domain/operations/encode.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { periodRecord } from "#shared/domain/periods/period.ts";
import { hadEffect } from "#shared/domain/verdicts/verdict.ts";
import { sameJson } from "#shared/std/json.ts";

const operationsAtOnce = 500;

/** Re-reads the books from the bytes: nothing that was computed before is believed. */
export const makeVerify =
  ({ store }: Ports): AdminService["verify"] =>
  () =>
    store.read(async (tx) => {
      const damaged: Damage[] = [...(await tx.audit.unbalanced()), ...(await tx.audit.orphans())];
      damaged.push(...(await verifyPeriods(tx)));
      for (const life of await tx.audit.incarnations()) damaged.push(...(await verifyLife(tx, life)));
      const each = new Map(damaged.map((damage) => [`${damage.table} ${damage.id}`, damage]));
      return { ok: each.size === 0, damaged: [...each.values()] };
    });

/** A closed period says what was booked in it: nothing came, went or changed since. */
async function verifyPeriods(tx: Transaction): Promise<readonly Damage[]> {
  const damaged: Damage[] = [];
  for (const { doc, id } of await tx.records.ofKind("period")) {
    const { after, until, accounts } = periodRecord.parse(doc);
    if (!sameJson(accounts, [...(await tx.ledger.booked({ after, until }))])) damaged.push({ table: "period", id });
  }
  return damaged;
}

/** Follows one chain from its beginning, and compares each operation with what the ledger says it did. */
async function verifyLife(tx: Transaction, life: Incarnation): Promise<readonly Damage[]> {
  const { replica, incarnation } = life;
  const damaged: Damage[] = [];
  let prev = genesisOf(life);
  let seq = 0;
  for (;;) {
    const page = await tx.inbox.range(replica, incarnation, seq + 1, seq + operationsAtOnce);
    if (page.length === 0) break;
    for (const op of page) {
      const hash = hashBehind(sha256, prev, op);
      const isLinked = op.seq === seq + 1 && isSame(op.prev, prev) && isSame(op.hash, hash);
      const mayLack = op.personalDigest === undefined || (op.personal === undefined && (await isForgotten(tx, op)));
      if (!isLinked || !mayLack) damaged.push({ table: "op_inbox", id: op.opId });
      // From what is stored, so that one changed operation is one damage and not the whole chain behind it.
      prev = op.hash;
      seq = op.seq;
    }
    damaged.push(...(await verifyEntries(tx, page)));
  }
  if (seq !== life.ackSeq || !isSame(prev, life.ackHash)) damaged.push({ table: "replica_inc", id: `${replica}/${incarnation}` });
  return damaged;
}

/** What was personal in an operation may be gone only where somebody was forgotten: whom it is about, or whose entry it asks for or judges. */
async function isForgotten(tx: Transaction, op: JudgedOperation): Promise<boolean> {
  const operation = readBytes(op, op);
  const memberId = operation.ok ? memberIdOf(operation.value) : null;
  const [request] = op.entity?.kind === "request" ? await tx.records.find([{ kind: "request", id: op.entity.id }]) : [];
  const asked = request && requestRecord.parse(request.doc).memberId;
  const judged =
    (operation.ok && [entryRelease, entryRefuse, entryNote].map((type) => dataOf(operation.value, type)).find(Boolean)) || undefined;
  const owners = judged
    ? [
        ...(
          await peopleOf(
            tx,
            judged.results.map(({ opId }) => opId),
          )
        ).values(),
      ]
    : [];
  for (const person of [memberId, asked, ...owners]) if (person && (await findErasure(tx, person))?.state === "done") return true;
  return false;
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

async function verifyEntries(tx: Transaction, page: readonly JudgedOperation[]): Promise<readonly Damage[]> {
  // The entries under a repeated id belong to the operation that was heard first.
  const firstHeard = page.filter(({ verdict, code }) => verdict !== "duplicate" && code !== "OP_ID_REUSED");
  const booked = Map.groupBy(await tx.audit.entriesOf(firstHeard.map(({ opId }) => opId)), ({ opId }) => opId);
  return firstHeard
    .filter((op) => !sameJson(expectedLines(op), (booked.get(op.opId) ?? []).map(lineOf)))
    .map(({ opId }) => ({ table: "ledger_entry", id: opId }));
}

const lineOf = ({ line, lotId, memberId, holder, amount }: LedgerEntry) => ({ line, lotId, memberId, holder, amount });

function expectedLines(op: JudgedOperation): readonly ReturnType<typeof lineOf>[] {
  if (op.verdict === "duplicate" || !hadEffect(op.verdict) || withoutEffect.has(op.code ?? "")) return [];
  const operation = readBytes(op, op);
  const meaning = operation.ok ? effectsOf(operation.value) : operation;
  return meaning.ok ? meaning.value.effects.flatMap(entryLines).map((entry, line) => ({ line, ...entry })) : [];
}
