import type { Clock } from "#main/app/ports/clock.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Intent, LoggedOperation } from "#main/app/ports/store.ts";
import { balanceChangeOf, proposedChangeOf } from "#shared/domain/ledger/balance-change.ts";
import { rightOf, type Holder } from "#shared/domain/ledger/lots.ts";
import type { OperationMeaning } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { chainHash } from "#shared/domain/operations/encode.ts";
import { firstHlc, tickHlc } from "#shared/domain/operations/hlc.ts";
import type { Hlc, Operation, StoredOperation } from "#shared/domain/operations/operation.ts";
import { readBytes, writeBytes } from "#shared/domain/operations/read-bytes.ts";
import { companyTimeZone } from "#shared/domain/time/business-date.ts";
import { applyEffects } from "./apply-effects.ts";
import { noteEdits } from "./edited-rows.ts";
import { genesisOf, lifeNow } from "./lives.ts";
import { sha256 } from "./sha256.ts";
import type { Tables, Touched } from "./tables.ts";

export type LogPorts = { readonly clock: Clock; readonly random: Random };

/**
 * The one door: chains the operation to the log, applies its effects, and marks it unsent. Called inside the transaction of the use case.
 */
export function appendOperation<D, P>(
  tables: Tables,
  touched: Touched,
  { clock, random }: LogPorts,
  intent: Intent<D, P>,
): LoggedOperation {
  const { identity, cursors } = tables;
  const self = identity.require();
  const { position, seq, prev, lastHlc } = nextOf(tables);
  const hlc = tickHlc(lastHlc, clock.wallMs());
  const at = clock.nowMs();
  const personal = intent.personal && { salt: Buffer.from(random.bytes(16)).toString("base64"), ...intent.personal };
  const people = { by: intent.by, ...(intent.second !== undefined && { second: intent.second }) };
  const bytes = writeBytes({ ...people, at, tz: companyTimeZone, clk: clock.reading(), seen: cursors.all(), d: intent.d }, personal);
  const header = {
    opId: intent.opId,
    replica: self.replica,
    incarnation: self.incarnation,
    seq,
    hlc,
    type: intent.type.type,
    version: intent.type.version,
    transaction: intent.transaction,
  };
  // The entity is part of what is hashed, and follows from the data: read it from the bytes that will be stored.
  const read = readBytes({ ...header, entity: undefined }, bytes);
  const meaning = read.ok ? effectsOf(read.value) : read;
  if (!read.ok || !meaning.ok) throw new Error(`${intent.type.type} would not be readable: ${meaning.ok ? "" : meaning.error.field}`);
  const op: Operation = { ...read.value, entity: meaning.value.entity };
  const hash = chainHash(sha256, prev, op, bytes.body, bytes.personal);
  const stored = { ...header, entity: op.entity, ...bytes, prev, hash };
  writeOperation(tables, stored, op, meaning.value, { position, eventDate: clock.businessDate(), own: rightOf(self.incarnation) });
  if (meaning.value.memberId) touched.memberIds.add(meaning.value.memberId);
  if (meaning.value.effects.some((effect) => effect.kind === "putRecord" && effect.record === "stockMove")) touched.movedStock = true;
  touched.wroteOperations = true;
  touched.operations.push(stored);
  return { ...op, memberId: meaning.value.memberId, state: "waiting", stateCode: null };
}

type Next = {
  readonly position: number;
  readonly seq: number;
  readonly prev: Uint8Array;
  /** The latest reading of the hybrid clock: our last operation's, or head office's when that is ahead. */
  readonly lastHlc: Hlc;
};

/** Place in the log, number and predecessor of the next operation of the present life, and the time that it comes after. */
export function nextOf({ identity, operations, meta }: Tables): Next {
  const self = identity.require();
  const life = lifeNow(self);
  const head = operations.head();
  const position = (head?.seq ?? 0) + 1;
  const seq = position - life.before;
  const own = head?.hlc ?? firstHlc;
  const heard = meta.text("serverHlc") ?? firstHlc;
  return { position, seq, prev: head && seq > 1 ? head.hash : genesisOf(self, life), lastHlc: own > heard ? own : heard };
}

/** Stores an operation at its place in the log, with all that follows from it. @param own the right whose account is kept, if any */
export function writeOperation(
  tables: Tables,
  stored: StoredOperation,
  op: Operation,
  meaning: OperationMeaning,
  { position, eventDate, own }: { readonly position: number; readonly eventDate: string; readonly own: Holder | undefined },
): void {
  const { memberId, effects } = meaning;
  tables.operations.insert(stored, position, {
    memberId,
    businessDate: eventDate,
    atMs: op.body.at,
    balanceChange: balanceChangeOf(op, meaning),
    proposedChange: proposedChangeOf(op),
  });
  noteEdits(tables, position, effects);
  applyEffects(tables, op, own, eventDate, effects);
}
