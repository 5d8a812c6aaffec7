import type Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { OperationMeaning } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import type { Operation, StoredOperation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { lifeAt, type Life } from "../lives.ts";
import { makeIdentity } from "../stores/identity.ts";
import { makeMeta } from "../stores/meta.ts";

type Row = {
  readonly seq: number;
  readonly op_id: string;
  readonly hlc: string;
  readonly type: string;
  readonly version: number;
  readonly entity_kind: string | null;
  readonly entity_id: string | null;
  readonly transaction_id: string | null;
  readonly transaction_n: number | null;
  readonly transaction_of: number | null;
  readonly body: Buffer;
  readonly personal: Buffer | null;
  readonly personal_digest: Buffer | null;
  readonly prev: Buffer;
  readonly hash: Buffer;
  readonly member_id: string | null;
};

/** A row of the log as it stands in the file, with what the row says beside the hashed bytes. */
export type LoggedRow = {
  /** In the file, counted through all lives. */
  readonly position: number;
  readonly life: Life;
  readonly op: StoredOperation;
  readonly memberId: string | null;
};

/** Who writes into this file; undefined before it has joined a head office. */
export function authorOf(sqlite: Database.Database): StationIdentity | undefined {
  return makeIdentity(makeMeta({ sqlite, db: drizzle({ client: sqlite }) })).get();
}

/** The log from its beginning, a row at a time. */
export function* storedOperations(sqlite: Database.Database, self: StationIdentity): Generator<LoggedRow> {
  const rows = sqlite.prepare("SELECT * FROM operation ORDER BY seq").iterate() as IterableIterator<Row>;
  for (const row of rows) {
    const { transaction_id: id, transaction_n: n, transaction_of: of } = row;
    const life = lifeAt(self, row.seq);
    yield {
      position: row.seq,
      life,
      memberId: row.member_id,
      op: {
        opId: row.op_id,
        replica: self.replica,
        incarnation: life.incarnation,
        seq: row.seq - life.before,
        hlc: row.hlc,
        type: row.type,
        version: row.version,
        entity: row.entity_kind !== null && row.entity_id !== null ? { kind: row.entity_kind, id: row.entity_id } : undefined,
        transaction: id !== null && n !== null && of !== null ? { id, n, of } : undefined,
        body: row.body,
        personal: row.personal ?? undefined,
        ...(row.personal_digest && { personalDigest: row.personal_digest }),
        prev: row.prev,
        hash: row.hash,
      },
    };
  }
}

/** What the bytes of an operation say that it is about and does; undefined when they cannot be believed. */
export function meaningOf(op: StoredOperation): { readonly operation: Operation; readonly meaning: OperationMeaning } | undefined {
  const operation = readBytes(op, op);
  const meaning = operation.ok ? effectsOf(operation.value) : operation;
  return operation.ok && meaning.ok ? { operation: operation.value, meaning: meaning.value } : undefined;
}
