import { and, count, desc, eq, gt, gte, inArray, isNotNull, lte, ne, or, sql } from "drizzle-orm";
import type { ExchangeWriting, OperationState } from "#main/app/ports/exchange-store.ts";
import { visitsListed, type LoggedOperation, type OperationFilter } from "#main/app/ports/store.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { pointsConfirm } from "#shared/domain/redemption/hold-ops.ts";
import { pointsRedeem } from "#shared/domain/redemption/ops.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { groupMax, linkedGroups } from "#shared/domain/operations/linked-groups.ts";
import type { StoredOperation, TransactionRef } from "#shared/domain/operations/operation.ts";
import type { Outcome } from "#shared/domain/verdicts/verdict.ts";
import type { Life } from "../lives.ts";
import type { StationDatabase } from "../open-database.ts";
import { isUnsettled, operation, operationState, rowEdit, undo } from "../schema.ts";
import { sha256 } from "../sha256.ts";

type Row = typeof operation.$inferSelect;
type StateRow = { state: OperationState; code: string | null };

export function makeOperations({ db }: StationDatabase) {
  const withState = { row: operation, state: { state: operationState.state, code: operationState.code } };
  const findOne = db
    .select(withState)
    .from(operation)
    .innerJoin(operationState, eq(operation.seq, operationState.seq))
    .where(eq(operation.opId, sql.placeholder("opId")))
    .prepare();
  const head = db
    .select({ seq: operation.seq, hash: operation.hash, hlc: operation.hlc })
    .from(operation)
    .where(eq(operation.seq, sql`(SELECT max(seq) FROM operation)`))
    .prepare();
  const insert = db
    .insert(operation)
    .values({
      seq: sql.placeholder("seq"),
      opId: sql.placeholder("opId"),
      hlc: sql.placeholder("hlc"),
      type: sql.placeholder("type"),
      version: sql.placeholder("version"),
      entityKind: sql.placeholder("entityKind"),
      entityId: sql.placeholder("entityId"),
      transactionId: sql.placeholder("transactionId"),
      transactionN: sql.placeholder("transactionN"),
      transactionOf: sql.placeholder("transactionOf"),
      body: sql.placeholder("body"),
      personal: sql.placeholder("personal"),
      personalDigest: sql.placeholder("personalDigest"),
      prev: sql.placeholder("prev"),
      hash: sql.placeholder("hash"),
      memberId: sql.placeholder("memberId"),
      businessDate: sql.placeholder("businessDate"),
      atMs: sql.placeholder("atMs"),
    })
    .prepare();
  const insertState = db
    .insert(operationState)
    .values({
      seq: sql.placeholder("seq"),
      state: "waiting",
      memberId: sql.placeholder("memberId"),
      balanceChange: sql.placeholder("balanceChange"),
      proposedChange: sql.placeholder("proposedChange"),
      isSettled: false,
    })
    .prepare();
  const insertUndo = db
    .insert(undo)
    .values({ undoneOpId: sql.placeholder("undoneOpId"), opId: sql.placeholder("opId") })
    .prepare();
  const undoOf = db
    .select({ opId: undo.opId })
    .from(undo)
    .where(eq(undo.undoneOpId, sql.placeholder("opId")))
    .prepare();

  const unsettledSums = db
    .select({
      change: sql<number>`coalesce(sum(${operationState.balanceChange}), 0)`,
      operations: sql<number>`coalesce(sum(${operationState.balanceChange} <> 0), 0)`,
      proposed: sql<number>`coalesce(sum(${operationState.proposedChange}), 0)`,
    })
    .from(operationState)
    .where(and(eq(operationState.memberId, sql.placeholder("memberId")), isUnsettled))
    .prepare();
  const unsettledOfType = db
    .select(withState)
    .from(operationState)
    .innerJoin(operation, eq(operation.seq, operationState.seq))
    .where(and(eq(operationState.memberId, sql.placeholder("memberId")), isUnsettled, eq(operation.type, sql.placeholder("type"))))
    .prepare();

  const openStates = db
    .select({ state: operationState.state, n: count(), first: sql<number>`min(${operationState.seq})` })
    .from(operationState)
    .where(sql`${operationState.state} IN ('waiting', 'quarantined')`)
    .groupBy(operationState.state)
    .prepare();
  const atOf = db
    .select({ atMs: operation.atMs })
    .from(operation)
    .where(eq(operation.seq, sql.placeholder("seq")))
    .prepare();
  // How many stands in the text, since SQLite plans a statement anew at each call whose limit is bound.
  const lastVisits = sql`(SELECT seq FROM operation WHERE member_id = ${sql.placeholder("memberId")}
      AND type IN (${pointsAward.type}, ${pointsRedeem.type}, ${pointsConfirm.type}) ORDER BY seq DESC LIMIT ${sql.raw(String(visitsListed))})`;
  const visits = db
    .select({ atMs: operation.atMs, type: operation.type, change: operationState.balanceChange, proposed: operationState.proposedChange })
    .from(operation)
    .innerJoin(operationState, eq(operation.seq, operationState.seq))
    .where(inArray(operation.seq, lastVisits))
    .orderBy(desc(operation.seq))
    .prepare();

  const settle = db
    .update(operationState)
    .set({
      state: sql`${sql.placeholder("state")}`,
      code: sql`${sql.placeholder("code")}`,
      settleStream: sql`${sql.placeholder("settleStream")}`,
      settleGseq: sql`${sql.placeholder("settleGseq")}`,
      // Of what moved no row, there is nothing to wait for.
      isSettled: sql`is_settled OR ${sql.placeholder("settleStream")} IS NULL`,
    })
    .where(eq(operationState.seq, sql.placeholder("seq")))
    .prepare();
  const judgedAgain = db
    .update(operationState)
    .set({ state: sql`${sql.placeholder("state")}`, code: sql`${sql.placeholder("code")}` })
    .where(eq(operationState.seq, sql`(SELECT seq FROM operation WHERE op_id = ${sql.placeholder("opId")})`))
    .prepare();
  const settleUpTo = db
    .update(operationState)
    .set({ isSettled: true })
    .where(
      and(isUnsettled, eq(operationState.settleStream, sql.placeholder("stream")), lte(operationState.settleGseq, sql.placeholder("gseq"))),
    )
    .prepare();
  const editsOf = db
    .select(withState)
    .from(rowEdit)
    .innerJoin(operation, eq(operation.seq, rowEdit.seq))
    .innerJoin(operationState, eq(operationState.seq, rowEdit.seq))
    .where(and(eq(rowEdit.kind, sql.placeholder("kind")), eq(rowEdit.id, sql.placeholder("id"))))
    .orderBy(rowEdit.seq)
    .prepare();

  const isOfTypes = sql`${operation.type} IN (SELECT value FROM json_each(${sql.placeholder("types")}))`;
  const firstAfter = db
    .select({ atMs: operation.atMs })
    .from(operation)
    .where(and(gt(operation.seq, sql.placeholder("after")), isOfTypes))
    .orderBy(operation.seq)
    .limit(1)
    .prepare();

  const prepareList = ({ businessDate, memberId, types, between }: OperationFilter) =>
    db
      .select(withState)
      .from(operation)
      .innerJoin(operationState, eq(operation.seq, operationState.seq))
      .where(
        and(
          businessDate === undefined ? undefined : eq(operation.businessDate, sql.placeholder("businessDate")),
          memberId === undefined ? undefined : eq(operation.memberId, sql.placeholder("memberId")),
          types === undefined ? undefined : isOfTypes,
          between === undefined
            ? undefined
            : and(gt(operation.seq, sql.placeholder("after")), lte(operation.seq, sql.placeholder("until"))),
        ),
      )
      .orderBy(desc(operation.seq))
      .limit(sql.placeholder("limit"))
      .prepare();
  const lists = new Map<string, ReturnType<typeof prepareList>>();
  /** One statement for each set of conditions: every swipe lists visits, and preparing takes longer than running. */
  const listed = (filter: OperationFilter): ReturnType<typeof prepareList> => {
    const shape = [filter.businessDate, filter.memberId, filter.types, filter.between].map((condition) => condition !== undefined).join();
    const known = lists.get(shape) ?? prepareList(filter);
    lists.set(shape, known);
    return known;
  };

  return {
    head: () => head.get(),
    find: (opId: string): LoggedOperation | undefined => {
      const found = findOne.get({ opId });
      return found && toLogged(found.row, found.state);
    },
    groupOf: (opId: string): readonly LoggedOperation[] => {
      const first = findOne.get({ opId })?.row;
      if (!first || first.transactionId !== opId) return [];
      return db
        .select(withState)
        .from(operation)
        .innerJoin(operationState, eq(operation.seq, operationState.seq))
        .where(and(gte(operation.seq, first.seq), eq(operation.transactionId, opId)))
        .orderBy(operation.seq)
        .limit(first.transactionOf ?? 0)
        .all()
        .map(({ row, state }) => toLogged(row, state));
    },
    list: (filter: OperationFilter): readonly LoggedOperation[] =>
      listed(filter)
        .all({ ...filter, ...filter.between, types: filter.types && JSON.stringify(filter.types) })
        .map(({ row, state }) => toLogged(row, state)),
    visits: (memberId: string) => visits.all({ memberId }),
    count: (): number => db.select({ n: count() }).from(operation).get()?.n ?? 0,
    /** When the first operation of these types was written after a place in the log. */
    firstAfter: (after: number, types: readonly string[]): number | undefined =>
      firstAfter.get({ after, types: JSON.stringify(types) })?.atMs,
    undo: (undoneOpId: string, opId: string): void => {
      insertUndo.run({ undoneOpId, opId });
    },
    undoOf: (opId: string): string | undefined => undoOf.get({ opId })?.opId,
    insert: (
      op: StoredOperation,
      position: number,
      shown: { memberId: string | null; businessDate: string; atMs: number; balanceChange: number; proposedChange: number },
    ): void => {
      const { memberId, businessDate, atMs, balanceChange, proposedChange } = shown;
      insert.run({
        seq: position,
        opId: op.opId,
        hlc: op.hlc,
        type: op.type,
        version: op.version,
        entityKind: op.entity?.kind ?? null,
        entityId: op.entity?.id ?? null,
        transactionId: op.transaction?.id ?? null,
        transactionN: op.transaction?.n ?? null,
        transactionOf: op.transaction?.of ?? null,
        body: Buffer.from(op.body),
        personal: op.personal ? Buffer.from(op.personal) : null,
        personalDigest: op.personalDigest ? Buffer.from(op.personalDigest) : null,
        prev: Buffer.from(op.prev),
        hash: Buffer.from(op.hash),
        memberId,
        businessDate,
        atMs,
      });
      insertState.run({ seq: position, memberId, balanceChange, proposedChange });
    },
    inState: (state: OperationState, limit: number): readonly LoggedOperation[] =>
      db
        .select(withState)
        .from(operationState)
        .innerJoin(operation, eq(operation.seq, operationState.seq))
        .where(eq(operationState.state, state))
        .orderBy(operation.seq)
        .limit(limit)
        .all()
        .map(({ row, state: became }) => toLogged(row, became)),
    entries: (): Readonly<Record<OperationState, number>> => {
      const counts = { waiting: 0, applied: 0, flagged: 0, parked: 0, quarantined: 0, refused: 0 };
      const counted = db.select({ state: operationState.state, n: count() }).from(operationState).groupBy(operationState.state).all();
      for (const { state, n } of counted) counts[state] = n;
      return counts;
    },
    waiting: () => {
      const open = openStates.all();
      const waiting = open.find((line) => line.state === "waiting");
      const oldest = waiting && atOf.get({ seq: waiting.first });
      return {
        operations: waiting?.n ?? 0,
        oldestMs: oldest?.atMs ?? null,
        quarantined: open.find((line) => line.state === "quarantined")?.n ?? 0,
      };
    },
    /** Operations of this member that head office's figure does not contain yet, oldest first. */
    unsettledOf: (memberId: string) =>
      db
        .select({ ...withState, change: operationState.balanceChange })
        .from(operationState)
        .innerJoin(operation, eq(operation.seq, operationState.seq))
        .where(and(eq(operationState.memberId, memberId), isUnsettled, ne(operationState.balanceChange, 0)))
        .orderBy(operation.seq)
        .all()
        .map(({ row, state, change }) => ({ op: toLogged(row, state), change })),
    /** The same, added up; a swipe asks for no more than this. */
    unsettledSums: (memberId: string) => unsettledSums.get({ memberId }) ?? { change: 0, operations: 0, proposed: 0 },
    unsettledOfType: (memberId: string, type: string): readonly LoggedOperation[] =>
      unsettledOfType.all({ memberId, type }).map(({ row, state }) => toLogged(row, state)),
    /** What changed one row and is not settled, oldest first: to be put on top of what head office tells of it. */
    editsOf: (kind: string, id: string): readonly LoggedOperation[] =>
      editsOf.all({ kind, id }).map(({ row, state }) => toLogged(row, state)),
    /** Operations of one life, from behind a position on. A linked group is never cut. */
    outbox: (afterPosition: number, limits: { maxOperations: number; maxBytes: number }, replica: number, life: Life) => {
      const rows = db
        .select()
        .from(operation)
        .where(
          and(
            gt(operation.seq, afterPosition),
            life.operations === undefined ? undefined : lte(operation.seq, life.before + life.operations),
          ),
        )
        .orderBy(operation.seq)
        // A group that begins within the limit is read to its end.
        .limit(limits.maxOperations + groupMax)
        .all();
      let operations = 0;
      let bytes = 0;
      // One group always goes, however long, or the queue would stand still behind it.
      const taken = linkedGroups(rows.map((row) => toStored(row, replica, life))).filter((group, i) => {
        operations += group.length;
        for (const { body, personal } of group) bytes += body.length + (personal?.length ?? 0) + 400;
        return i === 0 || (operations <= limits.maxOperations && bytes <= limits.maxBytes);
      });
      return taken.flat();
    },
    /** Moves everything behind a position by so many places, so that what was lost is put back where it was. */
    makeRoomAfter: (position: number, places: number): void => {
      // Its state and its edits stand under its place too: all move before they are held against each other.
      db.run(sql`PRAGMA defer_foreign_keys = ON`);
      for (const table of [operation, operationState, rowEdit]) {
        // By way of places that are nobody's, since a place is taken by one at a time.
        db.run(sql`UPDATE ${table} SET seq = -seq WHERE seq > ${position}`);
        db.run(sql`UPDATE ${table} SET seq = ${places} - seq WHERE seq < 0`);
      }
    },
    /** The operation at a position follows another one than it did, and waits for a verdict under its new number. */
    chainAnew: (position: number, { prev, hash }: Pick<StoredOperation, "prev" | "hash">): void => {
      db.update(operation)
        .set({ prev: Buffer.from(prev), hash: Buffer.from(hash) })
        .where(eq(operation.seq, position))
        .run();
      db.update(operationState)
        .set({ state: "waiting", code: null, settleStream: null, settleGseq: null, isSettled: false })
        .where(eq(operationState.seq, position))
        .run();
    },
    /**
     * Takes what is personal out of all operations about a member, and of those of these requests; its digest stays.
     *
     * @returns whether anything was in them
     */
    forget: (memberId: string, requestIds: readonly string[]): boolean => {
      const isAbout = or(
        eq(operation.memberId, memberId),
        and(eq(operation.entityKind, "member"), eq(operation.entityId, memberId)),
        and(eq(operation.entityKind, "request"), inArray(operation.entityId, [...requestIds])),
      );
      const said = db
        .select({ seq: operation.seq, personal: operation.personal })
        .from(operation)
        .where(and(isNotNull(operation.personal), isAbout))
        .all();
      for (const { seq, personal } of said) {
        if (!personal) continue;
        const personalDigest = Buffer.from(sha256(personal));
        db.update(operation).set({ personal: null, personalDigest }).where(eq(operation.seq, seq)).run();
      }
      return said.length > 0;
    },
    /** Head office has lost what it had of these: they go there again, and its figures do not contain them. */
    waitAgain: (afterPosition: number, upTo: number): void => {
      db.update(operationState)
        .set({ state: "waiting", code: null, settleStream: null, settleGseq: null, isSettled: false })
        .where(and(gt(operationState.seq, afterPosition), lte(operationState.seq, upTo), ne(operationState.state, "waiting")))
        .run();
    },
    hashAt: (position: number): Uint8Array | undefined =>
      db.select({ hash: operation.hash }).from(operation).where(eq(operation.seq, position)).get()?.hash,
    /** The first position up to `position` that head office has given no verdict on. */
    firstWaiting: (position: number): number | undefined =>
      db
        .select({ seq: operationState.seq })
        .from(operationState)
        .where(and(eq(operationState.state, "waiting"), lte(operationState.seq, position)))
        .orderBy(operationState.seq)
        .limit(1)
        .get()?.seq,
    settle: (position: number, result: Parameters<ExchangeWriting["settle"]>[1][number]): void => {
      const { state, code, settle: at } = result;
      settle.run({ seq: position, state, code, settleStream: at?.s ?? null, settleGseq: at?.g ?? null });
    },
    /** Head office has judged it once more; where it is settled stays. */
    judgedAgain: (opId: string, state: Outcome, code: string | null): void => void judgedAgain.run({ opId, state, code }),
    /** The cursor of a stream has moved: what it now contains is no longer added on top. */
    settleUpTo: (stream: string, gseq: number): void => {
      settleUpTo.run({ stream, gseq });
    },
  };
}

const entityOf = (row: Row) => (row.entityKind !== null && row.entityId !== null ? { kind: row.entityKind, id: row.entityId } : undefined);

function transactionOf({ transactionId: id, transactionN: n, transactionOf: of }: Row): TransactionRef | undefined {
  return id !== null && n !== null && of !== null ? { id, n, of } : undefined;
}

function toStored(row: Row, replica: number, { incarnation, before }: Life): StoredOperation {
  const { opId, hlc, type, version, body, personal, personalDigest, prev, hash } = row;
  return {
    opId,
    replica,
    incarnation,
    seq: row.seq - before,
    hlc,
    type,
    version,
    entity: entityOf(row),
    transaction: transactionOf(row),
    body,
    personal: personal ?? undefined,
    ...(personalDigest && { personalDigest }),
    prev,
    hash,
  };
}

function toLogged(row: Row, state: StateRow): LoggedOperation {
  const read = readBytes(
    {
      opId: row.opId,
      replica: 0,
      incarnation: "",
      seq: row.seq,
      hlc: row.hlc,
      type: row.type,
      version: row.version,
      entity: entityOf(row),
      transaction: transactionOf(row),
    },
    { body: row.body, personal: row.personal ?? undefined },
  );
  if (!read.ok) throw new Error(`operation ${row.seq} of the log cannot be read: ${read.error.field}`);
  return { ...read.value, memberId: row.memberId, state: state.state, stateCode: state.code };
}
