import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/**
 * Head office's tables. The ledger, rights, cards and identities are relational, and what must never be is a constraint here: the last
 * line of defence, behind the rules that decide. Records are documents with a clock per field.
 *
 * Queries are written as SQL beside the ports they serve; this file is what the migrations are generated from.
 */
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
/** Whole numbers below 2^53: points, sequence numbers, milliseconds since 1970. */
const whole = (name: string) => bigint(name, { mode: "number" });
/** Eight bytes of a digest, as PostgreSQL has numbers of eight bytes: with a sign. */
const signed64 = (name: string) => bigint(name, { mode: "bigint" });

/** One row: who this head office is. A restored backup gets another epoch, so that stations notice. */
export const server = pgTable(
  "server",
  {
    one: integer("one").primaryKey().default(1),
    serverId: uuid("server_id").notNull(),
    epoch: integer("epoch").notNull(),
    /** Since when it has been finding again what a copy that was put back had not; null when nothing is missing. */
    recoveringSinceMs: whole("recovering_since_ms"),
    /** Ed25519, PKCS #8, sealed. */
    privateKey: bytea("private_key").notNull(),
    publicKey: bytea("public_key").notNull(),
    /** Sealed. */
    directoryKey: bytea("directory_key").notNull(),
    /** Head office's own life as replica 0. */
    incarnation: text("incarnation").notNull(),
    isSample: boolean("is_sample").notNull(),
  },
  (t) => [check("server_is_one", sql`${t.one} = 1`)],
);

/** One row: which key the personal data of this database are sealed with. */
export const databaseSeal = pgTable(
  "database_seal",
  {
    one: integer("one").primaryKey().default(1),
    keyCheck: bytea("key_check").notNull(),
    /** How much of this database is sealed: 1 what names people, 2 head office's keys, too. */
    extent: integer("extent").notNull().default(1),
  },
  (t) => [check("database_seal_is_one", sql`${t.one} = 1`)],
);

export const replica = pgTable(
  "replica",
  {
    replica: integer("replica").primaryKey().generatedByDefaultAsIdentity(),
    branchId: text("branch_id").notNull(),
    publicKey: bytea("public_key").notNull(),
    app: text("app").notNull(),
    state: text("state").notNull(),
    lastContactMs: whole("last_contact_ms"),
    /** How far its wall clock was ahead of ours at its last hello, in milliseconds. */
    clockAheadMs: whole("clock_ahead_ms"),
    /** The last epoch in which it said all that it has. */
    presentedEpoch: integer("presented_epoch"),
  },
  (t) => [check("replica_state", sql`${t.state} in ('active', 'revoked')`), index("replica_by_branch").on(t.branchId)],
);

/** Keys of stations' data, sealed to head office, and once more by it: the newest opens what is at the counter, earlier ones what was copied before. */
export const keyDeposit = pgTable(
  "key_deposit",
  {
    replica: integer("replica")
      .notNull()
      .references(() => replica.replica),
    keyId: text("key_id").notNull(),
    sealed: bytea("sealed").notNull(),
    depositedAtMs: whole("deposited_at_ms").notNull(),
  },
  (t) => [primaryKey({ columns: [t.replica, t.keyId] })],
);

/** One continuous life of one station's database; replica 0 is head office itself. */
export const replicaInc = pgTable(
  "replica_inc",
  {
    replica: integer("replica").notNull(),
    incarnation: text("incarnation").notNull(),
    state: text("state").notNull(),
    ackSeq: whole("ack_seq").notNull(),
    ackHash: bytea("ack_hash").notNull(),
    lastHlc: text("last_hlc").notNull(),
    /** The life that it began from, and that one's last operation in it. */
    forkedIncarnation: text("forked_incarnation"),
    forkedSeq: whole("forked_seq"),
    /** What it said it holds, as of exactly which point; emptied when it was compared. */
    claimCount: whole("claim_count"),
    claimSum: text("claim_sum"),
    claimAtSeq: whole("claim_at_seq"),
    claimAtGno: whole("claim_at_gno"),
    claimState: text("claim_state").notNull(),
    /** How far its log went at its last hello, and when that was: once all of it is here, it was heard past that moment. */
    headSeq: whole("head_seq").notNull().default(0),
    headAtMs: whole("head_at_ms").notNull().default(0),
    registeredAtMs: whole("registered_at_ms").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.replica, t.incarnation] }),
    uniqueIndex("replica_inc_once").on(t.incarnation),
    check("replica_inc_state", sql`${t.state} in ('active', 'superseded', 'fenced', 'suspended')`),
    check("replica_inc_claim", sql`${t.claimState} in ('agrees', 'differs')`),
  ],
);

/** A printed code is known by its first letters; of the rest only a hash is kept. */
export const oneTimeCode = pgTable(
  "one_time_code",
  {
    selector: text("selector").primaryKey(),
    secretHash: bytea("secret_hash").notNull(),
    purpose: text("purpose").notNull(),
    branchId: text("branch_id"),
    expiresAtMs: whole("expires_at_ms").notNull(),
    wrongTries: integer("wrong_tries").notNull(),
    usedByKey: bytea("used_by_key"),
    replica: integer("replica"),
  },
  (t) => [check("one_time_code_purpose", sql`${t.purpose} in ('station', 'administrator')`)],
);

/** Wrong codes and wrong passwords, to be counted over a window. A subject names an account: what stands here is its tag. */
export const failedTry = pgTable(
  "failed_try",
  { id: bigserial("id", { mode: "number" }).primaryKey(), subject: text("subject").notNull(), atMs: whole("at_ms").notNull() },
  (t) => [index("failed_try_by_subject").on(t.subject, t.atMs)],
);

export const challenge = pgTable("challenge", {
  challenge: bytea("challenge").primaryKey(),
  replica: integer("replica").notNull(),
  expiresAtMs: whole("expires_at_ms").notNull(),
});

export const session = pgTable("session", {
  tokenHash: bytea("token_hash").primaryKey(),
  replica: integer("replica").notNull(),
  incarnation: text("incarnation").notNull(),
  expiresAtMs: whole("expires_at_ms").notNull(),
});

/** Every authentic operation, whatever became of it: bytes as they came, and the verdict beside them. */
export const opInbox = pgTable(
  "op_inbox",
  {
    replica: integer("replica").notNull(),
    incarnation: text("incarnation").notNull(),
    seq: whole("seq").notNull(),
    opId: uuid("op_id").notNull(),
    type: text("type").notNull(),
    version: integer("version").notNull(),
    entityKind: text("entity_kind"),
    entityId: text("entity_id"),
    txnId: text("txn_id"),
    txnN: integer("txn_n"),
    txnOf: integer("txn_of"),
    hlc: text("hlc").notNull(),
    /** The claimed clock, at most five minutes ahead of receipt: a wrong clock wins no edit. */
    effHlc: text("eff_hlc").notNull(),
    body: bytea("body").notNull(),
    /** Sealed; null when there was none, or when the person was erased. */
    personal: bytea("personal"),
    /** Its SHA-256 after that, for the chain. */
    personalDigest: bytea("personal_digest"),
    prev: bytea("prev").notNull(),
    hash: bytea("hash").notNull(),
    receivedAtMs: whole("received_at_ms").notNull(),
    bookingDate: date("booking_date").notNull(),
    eventDate: date("event_date").notNull(),
    verdict: text("verdict").notNull(),
    /** For a duplicate: what became of the first one. */
    first: text("first"),
    code: text("code"),
    /** What has to arrive before it can be judged again; of parked operations alone. */
    waitsFor: text("waits_for"),
    settle: jsonb("settle").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.replica, t.incarnation, t.seq] }),
    check("op_inbox_verdict", sql`${t.verdict} in ('applied', 'flagged', 'parked', 'quarantined', 'refused', 'duplicate')`),
    check("op_inbox_parked", sql`(${t.verdict} = 'parked') = (${t.waitsFor} is not null)`),
    index("op_inbox_attention")
      .on(t.replica)
      .where(sql`${t.verdict} in ('flagged', 'quarantined')`),
    index("op_inbox_unresolved")
      .on(t.incarnation)
      .where(sql`${t.verdict} in ('parked', 'quarantined')`),
    index("op_inbox_parked_for")
      .on(t.waitsFor)
      .where(sql`${t.verdict} = 'parked'`),
    index("op_inbox_wrong_pin")
      .on(t.entityId)
      .where(sql`${t.type} = 'staff.pin_wrong'`),
  ],
);

/** Where an operation id was first heard. */
export const opId = pgTable("op_id", {
  opId: uuid("op_id").primaryKey(),
  replica: integer("replica").notNull(),
  incarnation: text("incarnation").notNull(),
  seq: whole("seq").notNull(),
});

/** Members, cards and lots that an operation without effect touched: later money-like operations of that life wait behind it. */
export const waiting = pgTable(
  "waiting",
  { incarnation: text("incarnation").notNull(), subject: text("subject").notNull(), opId: uuid("op_id").notNull() },
  (t) => [primaryKey({ columns: [t.incarnation, t.subject] })],
);

export const lot = pgTable(
  "lot",
  {
    lotId: uuid("lot_id").primaryKey(),
    memberId: uuid("member_id").notNull(),
    points: whole("points").notNull(),
    kind: text("kind").notNull().default("points"),
    causeOpId: uuid("cause_op_id").notNull(),
    ruleId: text("rule_id").notNull(),
    ruleVersion: integer("rule_version").notNull(),
    earnedOn: date("earned_on").notNull(),
    expiresOn: date("expires_on"),
    /** Of a pool's lot, the member whose purchase gave it. */
    contributor: uuid("contributor"),
  },
  (t) => [
    check("lot_kind", sql`${t.kind} in ('points', 'benefit')`),
    index("lot_by_member").on(t.memberId),
    // The few that are nobody's points, so that the reports of points leave them out without looking at the many.
    index("lot_benefit")
      .on(t.lotId)
      .where(sql`${t.kind} = 'benefit'`),
    index("lot_by_last_day")
      .on(t.expiresOn)
      .where(sql`${t.expiresOn} is not null`),
  ],
);

export const account = pgTable(
  "account",
  {
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lot.lotId),
    holder: text("holder").notNull(),
    memberId: uuid("member_id").notNull(),
    amount: whole("amount").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lotId, t.holder] }),
    check("account_not_below_zero", sql`${t.holder} = 'ISSUED' or ${t.amount} >= 0`),
    index("account_unspent_by_member")
      .on(t.memberId)
      .where(sql`${t.amount} > 0 and ${t.holder} not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'MOVED', 'REPAID')`),
    index("account_unspent_by_holder")
      .on(t.holder)
      .where(sql`${t.amount} > 0 and ${t.holder} not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'MOVED', 'REPAID')`),
  ],
);

/** Debt and claim of a member; the debt's row is also what a transaction locks before it changes anything of that member. */
export const memberAccount = pgTable(
  "member_account",
  { memberId: uuid("member_id").notNull(), holder: text("holder").notNull(), amount: whole("amount").notNull() },
  (t) => [
    primaryKey({ columns: [t.memberId, t.holder] }),
    check("member_account_not_below_zero", sql`${t.holder} = 'CLAIM' or (${t.holder} = 'DEBT' and ${t.amount} >= 0)`),
  ],
);

/** Immutable movements of points; the fold of these is every figure there is. */
export const ledgerEntry = pgTable(
  "ledger_entry",
  {
    opId: uuid("op_id").notNull(),
    line: integer("line").notNull(),
    /** Null for debt and claim, which belong to the member. */
    lotId: uuid("lot_id"),
    memberId: uuid("member_id").notNull(),
    holder: text("holder").notNull(),
    amount: whole("amount").notNull(),
    eventDate: date("event_date").notNull(),
    bookingDate: date("booking_date").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.opId, t.line] }),
    check("ledger_entry_moves", sql`${t.amount} <> 0`),
    // Dates of booking only grow, so a few pages of ranges tell where a period lies.
    index("ledger_entry_by_booking").using("brin", t.bookingDate),
    index("ledger_entry_spent_by_member")
      .on(t.memberId)
      .where(sql`${t.holder} in ('REDEEMED', 'REPAID')`),
  ],
);

/** At most one operation undoes another. */
export const undo = pgTable("undo", { undone: uuid("undone").primaryKey(), opId: uuid("op_id").notNull() }, (t) => [
  index("undo_by_op").on(t.opId),
]);

/** Runs for an instant that are finished, newest last; what a run did is in the operations it wrote. */
export const jobRun = pgTable(
  "job_run",
  {
    job: text("job").notNull(),
    /** The last business date that it covers. */
    until: date("until").notNull(),
    doneAtMs: whole("done_at_ms").notNull(),
    /** Stations that it did not wait for any longer. */
    without: integer("without").array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.job, t.until] })],
);

/** Members whose lapsed points have to be looked at again, because of something that was heard late. */
export const lapseDue = pgTable("lapse_due", { memberId: uuid("member_id").primaryKey() });

/** Members whose tier has to be looked at again, because a purchase of an earlier month was heard late; its day, the earliest of several. */
export const tierDue = pgTable("tier_due", { memberId: uuid("member_id").primaryKey(), earnedOn: date("earned_on").notNull() });

export const card = pgTable(
  "card",
  {
    cardNumber: text("card_number").primaryKey(),
    cardKind: text("card_kind").notNull(),
    memberId: uuid("member_id").notNull(),
    state: text("state").notNull(),
    blockedReason: text("blocked_reason"),
    blockedOn: date("blocked_on"),
    blockedHlc: text("blocked_hlc"),
    mainCard: text("main_card"),
    issuedHlc: text("issued_hlc").notNull().default(""),
    issueOp: uuid("issue_op"),
  },
  (t) => [
    check("card_state", sql`${t.state} in ('active', 'blocked')`),
    uniqueIndex("card_one_active_main")
      .on(t.memberId)
      .where(sql`${t.state} = 'active' and ${t.mainCard} is null`),
    index("card_by_member").on(t.memberId),
  ],
);

/** The first award of a receipt, to notice the same paper at another station. */
export const receipt = pgTable("receipt", {
  receiptNumber: text("receipt_number").primaryKey(),
  opId: uuid("op_id").notNull(),
  replica: integer("replica").notNull(),
});

export const grantOut = pgTable(
  "grant_out",
  {
    opId: uuid("op_id").primaryKey(),
    replica: integer("replica").notNull(),
    incarnation: text("incarnation").notNull(),
    gno: whole("gno").notNull(),
    memberId: uuid("member_id").notNull(),
  },
  (t) => [uniqueIndex("grant_out_dense").on(t.incarnation, t.gno)],
);

export const draw = pgTable("draw", {
  drawId: uuid("draw_id").primaryKey(),
  incarnation: text("incarnation").notNull(),
  memberId: uuid("member_id").notNull(),
  want: whole("want").notNull(),
  granted: whole("granted").notNull(),
});

/** Acts that were done, so that a repetition is answered and not done; who asked for what stands here as a digest only. */
export const act = pgTable("act", {
  actId: uuid("act_id").primaryKey(),
  type: text("type").notNull(),
  digest: bytea("digest").notNull(),
  /** JSON, sealed; NULL inside the transaction that does the act. */
  reply: bytea("reply"),
});

/** What an operation made of a thing, as the feed delivers it; `field_clock` says which edit each field comes from. */
export const record = pgTable(
  "record",
  {
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    /** What is not personal. */
    doc: jsonb("doc").notNull(),
    /** The personal fields as JSON, sealed; null when there are none. */
    sealed: bytea("sealed"),
    /** What it is found by though it is sealed: of an account its user name, of a member the pieces of name and phones. */
    tags: text("tags").array(),
    fieldClock: jsonb("field_clock").notNull(),
    ver: whole("ver").notNull(),
    /** What stations compare their copy by; null for what no feed carries, and until an earlier version's record is hashed at the next start. */
    hash: signed64("hash"),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.id] }),
    uniqueIndex("record_branch_code")
      .on(sql`(${t.doc} ->> 'code')`)
      .where(sql`${t.kind} = 'branch'`),
    uniqueIndex("record_user_name")
      .on(sql`(${t.tags}[1])`)
      .where(sql`${t.kind} = 'staff'`),
    uniqueIndex("record_member_number")
      .on(sql`(${t.doc} ->> 'memberNumber')`)
      .where(sql`${t.kind} = 'member'`),
    index("record_proposal_by_member")
      .on(sql`(${t.doc} ->> 'memberId')`)
      .where(sql`${t.kind} = 'proposal'`),
    index("record_lapse_by_member")
      .on(sql`(${t.doc} ->> 'memberId')`)
      .where(sql`${t.kind} = 'lapse'`),
    index("record_review_by_member")
      .on(sql`(${t.doc} ->> 'memberId')`)
      .where(sql`${t.kind} = 'review'`),
    index("record_open_request")
      .on(sql`(${t.doc} ->> 'reference')`)
      .where(sql`${t.kind} = 'request' and ${t.doc} ->> 'state' = 'open'`),
    index("record_open_purchase")
      .on(sql`(${t.doc} ->> 'cardNumber')`)
      .where(sql`${t.kind} = 'keptPurchase' and ${t.doc} ->> 'state' = 'open'`),
    index("record_member_tags")
      .using("gin", t.tags)
      .where(sql`${t.kind} = 'member'`),
    index("record_rule_versions")
      .on(sql`(${t.doc} ->> 'ruleId')`)
      .where(sql`${t.kind} = 'rule'`),
  ],
);

/** Who looked for members beyond their own station, and how many they were shown; what was typed is not kept. */
export const findLog = pgTable(
  "find_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    atMs: whole("at_ms").notNull(),
    staffId: text("staff_id").notNull(),
    replica: integer("replica").notNull(),
    kind: text("kind").notNull(),
    /** The members shown. */
    memberIds: text("member_ids").array().notNull(),
  },
  (t) => [index("find_log_by_staff").on(t.staffId, t.atMs)],
);

/** Locked last in every transaction that publishes, in the order of names: so the order of numbers is the order of commits. */
export const streamHead = pgTable("stream_head", {
  stream: text("stream").primaryKey(),
  gseq: whole("gseq").notNull(),
  /** Deletions up to here may have been cleared away: whoever read less far before that reads the stream again. */
  minG: whole("min_g").notNull().default(0),
  /** How many rows are not deleted, and the sum of their hashes, with their signs; null until an earlier version's rows are hashed at the next start. */
  rows: whole("rows").notNull().default(0),
  hashSum: numeric("hash_sum"),
});

/** One row per thing and stream; a change moves it forward, so a reader meets it once, at its newest. */
export const feed = pgTable(
  "feed",
  {
    stream: text("stream").notNull(),
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    gseq: whole("gseq").notNull(),
    ver: whole("ver").notNull(),
    deleted: boolean("deleted").notNull(),
    /** The record's when it was moved here; null for a deletion. */
    hash: signed64("hash"),
    deletedAtMs: whole("deleted_at_ms"),
  },
  (t) => [
    primaryKey({ columns: [t.stream, t.kind, t.id] }),
    uniqueIndex("feed_in_order").on(t.stream, t.gseq),
    index("feed_deleted")
      .on(t.deletedAtMs)
      .where(sql`${t.deletedAtMs} is not null`),
  ],
);

/** How often a member was served at a branch in a month: who is told of the member, and which branch is the second home. */
export const workingSet = pgTable(
  "working_set",
  {
    memberId: uuid("member_id").notNull(),
    branchId: text("branch_id").notNull(),
    /** `YYYY-MM` of the booking date. */
    month: text("month").notNull(),
    visits: integer("visits").notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.branchId, t.month] })],
);

/** A stream as it stood at one number, for stations that are far behind; one that is being made has neither time nor text yet. */
export const snapshot = pgTable(
  "snapshot",
  {
    snapshotId: uuid("snapshot_id").primaryKey(),
    stream: text("stream").notNull(),
    epoch: integer("epoch").notNull(),
    begunAtMs: whole("begun_at_ms").notNull(),
    madeAtMs: whole("made_at_ms"),
    gseq: whole("gseq"),
    manifest: text("manifest"),
    signature: bytea("signature"),
    /** Of its chunks, sealed. */
    key: bytea("key"),
  },
  (t) => [index("snapshot_by_stream").on(t.stream, t.madeAtMs)],
);

/** As they travel: packed and sealed. */
export const snapshotChunk = pgTable(
  "snapshot_chunk",
  { snapshotId: uuid("snapshot_id").notNull(), chunk: integer("chunk").notNull(), bytes: bytea("bytes").notNull() },
  (t) => [primaryKey({ columns: [t.snapshotId, t.chunk] })],
);
