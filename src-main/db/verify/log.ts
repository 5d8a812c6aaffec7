import type Database from "better-sqlite3";
import type { Damage } from "#main/app/ports/upkeep.ts";
import { balanceChangeOf } from "#shared/domain/ledger/balance-change.ts";
import { hashBehind } from "#shared/domain/operations/encode.ts";
import { genesisOf, type Life } from "../lives.ts";
import { sha256 } from "../sha256.ts";
import type { Check } from "./damage.ts";
import { authorOf, meaningOf, storedOperations, type LoggedRow } from "./stored-operations.ts";

/** Each operation follows the one before it, is what was hashed, and means what the columns beside its bytes say. */
export const brokenChain: Check = (sqlite) => {
  const author = authorOf(sqlite);
  if (!author) return [];
  const damaged: Damage[] = [];
  const forgotten = forgottenIn(sqlite);
  let prev: Uint8Array = new Uint8Array();
  let before = 0;
  for (const { position, life, op, memberId } of storedOperations(sqlite, author)) {
    const isLinked = position === before + 1 && isSame(op.prev, op.seq === 1 ? genesisOf(author, life) : prev);
    const isItself = isSame(hashBehind(sha256, op.prev, op), op.hash);
    const mayLack = op.personalDigest === undefined || (op.personal === undefined && forgotten(memberId, op.entity));
    if (!isLinked || !isItself || !mayLack || meaningOf(op)?.meaning.memberId !== memberId)
      damaged.push({ table: "operation", id: op.opId });
    // From what is stored, so that one changed operation is one damage and not the whole chain behind it.
    prev = op.hash;
    before = position;
  }
  return damaged;
};

/** Whether an operation about this member, or this request, may lack what was personal in it: only of somebody who was forgotten. */
function forgottenIn(sqlite: Database.Database): (memberId: string | null, entity: LoggedRow["op"]["entity"]) => boolean {
  const people = new Set(sqlite.prepare("SELECT id FROM record WHERE kind = 'erasure'").pluck().all() as string[]);
  const requests = sqlite.prepare("SELECT doc ->> 'memberId' FROM record WHERE kind = 'request' AND id = ?").pluck();
  return (memberId, entity) => people.has(memberId ?? (entity?.kind === "request" ? String(requests.get(entity.id)) : ""));
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

type State = {
  readonly seq: number;
  readonly state: string;
  readonly settle_stream: string | null;
  readonly settle_gseq: number | null;
  readonly member_id: string | null;
  readonly balance_change: number;
  readonly is_settled: number;
};

/** Every operation has one state, which fits what head office has acknowledged and how far its rows were read. */
export const wrongStates: Check = (sqlite) => {
  const author = authorOf(sqlite);
  if (!author) return [];
  const states = new Map((sqlite.prepare("SELECT * FROM operation_state").all() as State[]).map((state) => [state.seq, state]));
  const cursors = new Map(
    (sqlite.prepare("SELECT stream, gseq FROM cursor").all() as { stream: string; gseq: number }[]).map(({ stream, gseq }) => [
      stream,
      gseq,
    ]),
  );
  const acknowledged = Number((sqlite.prepare("SELECT value FROM meta WHERE key = 'ackSeq'").pluck().get() as Buffer | undefined) ?? 0);
  const damaged: Damage[] = [];
  for (const { position, life, op } of storedOperations(sqlite, author)) {
    const state = states.get(position);
    states.delete(position);
    const read = meaningOf(op);
    const holds =
      state !== undefined &&
      (isPast(life) || (state.state === "waiting") === op.seq > acknowledged) &&
      (!read || (state.member_id === read.meaning.memberId && state.balance_change === balanceChangeOf(read.operation, read.meaning))) &&
      !isOverdue(state, cursors);
    if (!holds) damaged.push({ table: "operation_state", id: String(position) });
  }
  return [...damaged, ...[...states.keys()].map((seq) => ({ table: "operation_state", id: String(seq) }))];
};

/** What head office has of an earlier life is not counted any more. */
const isPast = ({ operations }: Life): boolean => operations !== undefined;

/** Head office's rows contain the operation, and it is still added on top of them. */
const isOverdue = (
  { is_settled: isSettled, settle_stream: stream, settle_gseq: gseq }: State,
  cursors: ReadonlyMap<string, number>,
): boolean => isSettled === 0 && stream !== null && gseq !== null && (cursors.get(stream) ?? 0) >= gseq;
