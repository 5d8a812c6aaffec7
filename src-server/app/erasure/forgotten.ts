import { readOperation, type ReadOperation } from "#server/app/operations/read-operation.ts";
import type { Work } from "#server/app/operations/work.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { withoutPersonal } from "#shared/domain/operations/without-personal.ts";
import { blankOf, erasureRecord } from "#shared/domain/members/erasure.ts";

export const keyOfErasure = (memberId: string): RecordKey => ({ kind: "erasure", id: memberId });

/** Which of these members head office has forgotten. */
async function forgottenAmong(tx: Transaction, memberIds: Iterable<string>): Promise<ReadonlySet<string>> {
  const records = await tx.records.find([...new Set(memberIds)].map(keyOfErasure));
  return new Set(records.map(({ doc }) => erasureRecord.parse(doc)).flatMap(({ memberId, state }) => (state === "done" ? memberId : [])));
}

/**
 * Operations as they are judged and kept: of whoever was forgotten nothing personal is read any more, and its digest takes the place of what
 * was said, so that the chain holds. The caller holds the members.
 */
export async function withoutForgotten(tx: Transaction, read: readonly ReadOperation[]): Promise<readonly ReadOperation[]> {
  const forgotten = await forgottenAmong(
    tx,
    read.flatMap(({ received, memberId }) => (received.personal && memberId !== undefined ? memberId : [])),
  );
  if (forgotten.size === 0) return read;
  return read.map((op) => (forgotten.has(op.memberId ?? "") ? readOperation(withDigestOnly(op.received)) : op));
}

const withDigestOnly = (op: ReceivedOperation): ReceivedOperation => ({ ...op, ...withoutPersonal(op, sha256) });

/**
 * Requests name an entry and no member: whom they are about is known once the entry is. Blanks what was said in those about somebody who was
 * forgotten.
 *
 * @param received the requests' own operations, as far as they are not stored yet
 * @returns them as they are kept
 */
export async function forgetRequests({ tx, books }: Work, received: readonly ReceivedOperation[]): Promise<readonly ReceivedOperation[]> {
  const said = books.records.ofKind("request").filter(({ doc }) => doc["reason"] !== null || doc["answer"] !== null);
  const forgotten = await forgottenAmong(tx, said.flatMap(memberOf));
  const about = said.filter((request) => memberOf(request).some((memberId) => forgotten.has(memberId)));
  for (const { kind, id, doc } of about) books.records.replace({ kind, id }, { ...doc, ...blankOf("request") });
  const requestIds = about.map(({ id }) => id);
  for (const memberId of new Set(about.flatMap(memberOf))) await tx.inbox.forget({ memberId, named: requestIds });
  return received.map((op) => (op.entity?.kind === "request" && requestIds.includes(op.entity.id) ? withDigestOnly(op) : op));
}

const memberOf = ({ doc }: StoredRecord): readonly string[] => (typeof doc["memberId"] === "string" ? [doc["memberId"]] : []);
