import { and, eq } from "drizzle-orm";
import { Fault } from "#main/app/ports/fault.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Change, ExchangeWriting, Intent, LoggedOperation, Reading, StationIdentity, Store, Writing } from "#main/app/ports/store.ts";
import type { FeedRecords, GrantRecord } from "#shared/contracts/sync/feed.ts";
import { balanceChangeOf } from "#shared/domain/ledger/balance-change.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { chainHash, genesisHash } from "#shared/domain/operations/encode.ts";
import { absorbHlc, firstHlc, tickHlc } from "#shared/domain/operations/hlc.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { readBytes, writeBytes } from "#shared/domain/operations/read-bytes.ts";
import { companyTimeZone } from "#shared/domain/time/business-date.ts";
import { applyEffects, applyRowEffect, isRowEffect, type EffectTargets } from "./apply-effects.ts";
import { toStorageFault } from "./faults.ts";
import type { StationDatabase } from "./open-database.ts";
import { cursor, operation, purchase } from "./schema.ts";
import { sha256 } from "./sha256.ts";
import { makeCards } from "./stores/cards.ts";
import { makeDirectory } from "./stores/directory.ts";
import { makeLedger } from "./stores/ledger.ts";
import { makeMembers } from "./stores/members.ts";
import { makeMeta } from "./stores/meta.ts";
import { makeOperations } from "./stores/operations.ts";
import { makeRecords } from "./stores/records.ts";
import { makeSignIns } from "./stores/sign-ins.ts";

/** The store port on one encrypted SQLite file. One connection writes; every write is one immediate transaction. */
export function makeSqliteStore(database: StationDatabase, { clock, random }: { readonly clock: Clock; readonly random: Random }): Store {
  const { sqlite, db } = database;
  const meta = makeMeta(database);
  const operations = makeOperations(database);
  const ledger = makeLedger(database, meta);
  const members = makeMembers(database);
  const cards = makeCards(database);
  const records = makeRecords(database);
  const signIns = makeSignIns(database);
  const identity = makeIdentity(meta);
  const directory = makeDirectory(database, () => identity.get()?.directoryKey);
  const targets: EffectTargets = { database, ledger, members, cards, records };
  const listeners = new Set<(change: Change) => void>();
  let touched = new Set<string>();
  let wroteOperations = false;

  const cursors = (): Record<string, number> =>
    Object.fromEntries(
      db
        .select()
        .from(cursor)
        .all()
        .map((row) => [row.stream, row.gseq]),
    );

  /** The latest reading of the hybrid clock: our last operation's, or head office's when that is ahead. */
  const lastHlc = (): string => {
    const own = operations.head()?.hlc ?? firstHlc;
    const heard = meta.text("serverHlc") ?? firstHlc;
    return own > heard ? own : heard;
  };

  function append<D, P>(intent: Intent<D, P>): LoggedOperation {
    const self = identity.require();
    const head = operations.head();
    const seq = (head?.seq ?? 0) + 1;
    const prev = head?.hash ?? genesisHash(sha256, self.replica, self.incarnation);
    const hlc = tickHlc(lastHlc(), clock.wallMs());
    const at = clock.nowMs();
    const personal = intent.personal && { salt: Buffer.from(random.bytes(16)).toString("base64"), ...intent.personal };
    const bytes = writeBytes({ by: intent.by, at, tz: companyTimeZone, clk: clock.reading(), seen: cursors(), d: intent.d }, personal);
    const header = {
      opId: intent.opId,
      replica: self.replica,
      incarnation: self.incarnation,
      seq,
      hlc,
      type: intent.type.type,
      version: intent.type.version,
      transaction: undefined,
    };
    // The entity is part of what is hashed, and follows from the data: read it from the bytes that will be stored.
    const read = readBytes({ ...header, entity: undefined }, bytes);
    const meaning = read.ok ? effectsOf(read.value) : read;
    if (!read.ok || !meaning.ok) throw new Error(`${intent.type.type} would not be readable: ${meaning.ok ? "" : meaning.error.field}`);
    const op: Operation = { ...read.value, entity: meaning.value.entity };
    const eventDate = clock.businessDate();
    const hash = chainHash(sha256, prev, op, bytes.body, bytes.personal);
    operations.insert(
      { ...header, entity: op.entity, ...bytes, prev, hash },
      {
        memberId: meaning.value.memberId,
        businessDate: eventDate,
        atMs: at,
        balanceChange: balanceChangeOf(op, meaning.value.effects),
        proposedChange: proposedBy(meaning.value.effects),
      },
    );
    applyEffects(targets, op, eventDate, meaning.value.effects);
    if (meaning.value.memberId) touched.add(meaning.value.memberId);
    wroteOperations = true;
    return { ...op, state: "waiting", stateCode: null };
  }

  /** The feed's version of a row, with this station's unsettled edits of it on top. */
  function replayOnTop(entityKind: string, id: string): void {
    for (const op of operations.unsettledAbout(entityKind, id)) {
      const meaning = effectsOf(op);
      if (meaning.ok)
        for (const effect of meaning.value.effects)
          if (isRowEffect(effect) && !(effect.kind === "putRecord" && effect.record === "purchase")) applyRowEffect(targets, effect);
    }
  }

  function putRow<K extends keyof FeedRecords>(kind: K, id: string, row: FeedRecords[K], version: number, asOfMs: number): void {
    const rows: { readonly [Kind in keyof FeedRecords]?: (record: FeedRecords[Kind]) => void } = {
      member: (member) => {
        members.put(member);
        replayOnTop("member", id);
      },
      card: (card) => {
        cards.put(card);
        replayOnTop("card", id);
      },
      directory: directory.put,
      grant: (grant: GrantRecord) => {
        // A grant to an earlier life of this database is not ours to spend.
        if (grant.incarnation === identity.require().incarnation) ledger.receiveGrant(grant);
      },
    };
    const put: ((record: FeedRecords[K]) => void) | undefined = rows[kind];
    if (put) put(row);
    else records.put(kind as Exclude<K, "member" | "card" | "directory" | "grant">, id, row, version, asOfMs);
    const memberId = (row as { readonly memberId?: unknown }).memberId;
    if (typeof memberId === "string") touched.add(memberId);
  }

  const reading: Reading = {
    identity: identity.get,
    operations: { find: operations.find, list: operations.list, count: operations.count, undoOf: operations.undoOf },
    members: { ...members, nextSerial: () => meta.int("memberSerial") + 1 },
    directory,
    cards: { find: cards.find, ofMember: cards.ofMember, kinds: () => records.all("cardKind") },
    rules: { all: () => records.all("rule") },
    plans: { all: () => records.all("plan"), find: (planId) => records.find("plan", planId)?.doc },
    branches: { all: () => records.all("branch") },
    staff: {
      find: (staffId) => records.find("staff", staffId)?.doc,
      findByUserName: (userName) => records.all("staff").find((staff) => staff.userName === userName),
    },
    proposals: { find: (proposalId) => records.find("proposal", proposalId)?.doc, all: () => records.all("proposal") },
    rights: { of: ledger.heldOfMember, heldOf: ledger.heldOf, lapsed: ledger.lapsed },
    receipts: {
      find: (receiptNumber) =>
        db
          .select({ opId: purchase.opId, atMs: operation.atMs })
          .from(purchase)
          .innerJoin(operation, eq(operation.opId, purchase.opId))
          .where(and(eq(purchase.receiptNumber, receiptNumber), eq(purchase.isVoided, false)))
          .get(),
    },
    balances: {
      find: (memberId) => {
        const found = records.find("balance", memberId);
        return found && { record: found.doc, asOfMs: found.asOfMs };
      },
      notExchanged: (memberId) => operations.unsettledOf(memberId).filter(({ change }) => change !== 0),
      proposedNotExchanged: (memberId) => operations.unsettledOf(memberId).reduce((sum, { proposed }) => sum + proposed, 0),
    },
    signIns: { failures: signIns.failures },
    exchange: {
      lastContactMs: () => meta.int("lastContactMs") || null,
      waiting: operations.waiting,
    },
  };

  const writing: Writing = {
    ...reading,
    append,
    rememberSignInFailure: signIns.remember,
    forgetSignInFailures: signIns.forget,
    takeSerial: () => {
      const serial = meta.int("memberSerial") + 1;
      meta.put("memberSerial", serial);
      return serial;
    },
  };

  const genesis = (): Uint8Array => {
    const { replica, incarnation } = identity.require();
    return genesisHash(sha256, replica, incarnation);
  };

  const exchanging: ExchangeWriting & Writing = {
    ...writing,
    deviceKey: () => meta.bytes("deviceKey"),
    keepDeviceKey: (privateKey) => meta.put("deviceKey", privateKey),
    enrolled: identity.put,
    head: () => {
      const head = operations.head();
      return { seq: head?.seq ?? 0, hash: head?.hash ?? genesis() };
    },
    lastHlc,
    acknowledged: () => meta.int("ackSeq"),
    rightsClaim: () => {
      const rights = ledger.allRights();
      return { count: rights.length, sum: rightsSum(sha256, rights), atSeq: operations.head()?.seq ?? 0, atGno: meta.int("appliedGno") };
    },
    outbox: (afterSeq, limits) => ({
      base: { seq: afterSeq, hash: operations.hashAt(afterSeq) ?? genesis() },
      operations: operations.outbox(afterSeq, limits, identity.require()),
    }),
    settle: (ackSeq, results) => {
      for (const result of results) operations.settle(result);
      meta.put("ackSeq", ackSeq);
      const at = cursors();
      for (const stream of new Set(results.flatMap(({ settle }) => (settle ? [settle.s] : []))))
        operations.settleUpTo(stream, at[stream] ?? 0);
      wroteOperations = true;
    },
    cursors,
    putRow,
    deleteRow: (kind, id) => {
      if (kind === "member") members.remove(id);
      else if (kind === "card") cards.remove(id);
      else if (kind === "directory") directory.remove(id);
      else if (kind !== "grant") records.remove(kind, id);
      replayOnTop(kind, id);
    },
    moveCursor: (stream, gseq) => {
      db.insert(cursor).values({ stream, gseq }).onConflictDoUpdate({ target: cursor.stream, set: { gseq } }).run();
      operations.settleUpTo(stream, gseq);
    },
    contact: (atMs, serverHlc) => {
      meta.put("lastContactMs", atMs);
      meta.put("serverHlc", absorbHlc(meta.text("serverHlc") ?? firstHlc, serverHlc, clock.wallMs()));
    },
  };

  /** Runs `work` in one immediate transaction: the lock comes before the first read, so what was read is still true at commit. */
  function inTransaction<T>(work: () => { readonly commit: boolean; readonly value: T }): T {
    touched = new Set();
    wroteOperations = false;
    let value: T;
    try {
      sqlite.exec("BEGIN IMMEDIATE");
      const done = work();
      sqlite.exec(done.commit ? "COMMIT" : "ROLLBACK");
      value = done.value;
      if (!done.commit) return value;
    } catch (cause) {
      if (sqlite.inTransaction) sqlite.exec("ROLLBACK");
      identity.forget();
      throw toStorageFault(cause);
    }
    // Memory and screens change after the commit, never before.
    if (touched.size > 0 || wroteOperations) for (const listener of listeners) listener({ memberIds: touched, wroteOperations });
    return value;
  }

  return {
    write: (work) =>
      inTransaction(() => {
        const value = work(writing);
        return { commit: value.ok, value };
      }),
    read: (work) => {
      try {
        return work(reading);
      } catch (cause) {
        throw toStorageFault(cause);
      }
    },
    exchange: (work) => inTransaction(() => ({ commit: true, value: work(exchanging) })),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      sqlite.pragma("wal_checkpoint(TRUNCATE)");
      sqlite.close();
    },
  };
}

/** Points that the effects propose and head office's figure lacks until then. */
function proposedBy(
  effects: readonly { readonly kind: string; readonly record?: string; readonly fields?: { readonly points?: unknown } }[],
): number {
  return effects.reduce(
    (sum, effect) => (effect.kind === "putRecord" && effect.record === "proposal" ? sum + Number(effect.fields?.points ?? 0) : sum),
    0,
  );
}

/** The enrolment's gift, kept as one fact and read once: it changes only when the station is enrolled. */
function makeIdentity(meta: ReturnType<typeof makeMeta>) {
  let known: StationIdentity | undefined;
  const get = (): StationIdentity | undefined => {
    const text = known ? undefined : meta.text("identity");
    if (text) {
      const stored = JSON.parse(text) as Omit<StationIdentity, "headOfficeKey" | "directoryKey"> & {
        headOfficeKey: string;
        directoryKey: string;
      };
      known = {
        ...stored,
        headOfficeKey: Buffer.from(stored.headOfficeKey, "base64"),
        directoryKey: Buffer.from(stored.directoryKey, "base64"),
      };
    }
    return known;
  };
  return {
    get,
    /** After a rollback: what was kept here may never have been stored. */
    forget: (): void => {
      known = undefined;
    },
    require: (): StationIdentity => {
      const self = get();
      if (!self) throw new Fault("NOT_ENROLLED");
      return self;
    },
    put: (self: StationIdentity): void => {
      const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
      meta.put("identity", JSON.stringify({ ...self, headOfficeKey: encode(self.headOfficeKey), directoryKey: encode(self.directoryKey) }));
      known = self;
    },
  };
}
