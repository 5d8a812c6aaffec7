import { sql } from "drizzle-orm";
import { itemKinds, moveReasons } from "#shared/domain/stock/stock-move.ts";
import { outcome } from "#shared/domain/verdicts/verdict.ts";
import { blob, check, customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** More digits than a number of JavaScript has: to be read by a statement that answers with `bigint`. */
const signed64 = customType<{ data: bigint; driverData: bigint }>({ dataType: () => "integer" });

/** Small facts of this station: identity, serials, last contact. One row a fact. */
export const meta = sqliteTable("meta", { key: text().primaryKey(), value: blob({ mode: "buffer" }).notNull() });

/** The operation log, append only. `body` and `personal` are the bytes that were hashed; the other columns repeat what lists need. */
export const operation = sqliteTable(
  "operation",
  {
    /** Place in the log; the number within its life follows from it, see lives.ts. */
    seq: integer().primaryKey(),
    opId: text("op_id").notNull().unique(),
    hlc: text().notNull(),
    type: text().notNull(),
    version: integer().notNull(),
    entityKind: text("entity_kind"),
    entityId: text("entity_id"),
    transactionId: text("transaction_id"),
    transactionN: integer("transaction_n"),
    transactionOf: integer("transaction_of"),
    body: blob({ mode: "buffer" }).notNull(),
    /** NULL where there is none, or after the person was erased. */
    personal: blob({ mode: "buffer" }),
    /** Its SHA-256 after that, for the chain. */
    personalDigest: blob("personal_digest", { mode: "buffer" }),
    prev: blob({ mode: "buffer" }).notNull(),
    hash: blob({ mode: "buffer" }).notNull(),
    memberId: text("member_id"),
    businessDate: text("business_date").notNull(),
    atMs: integer("at_ms").notNull(),
  },
  (t) => [
    index("operation_by_day").on(t.businessDate),
    index("operation_by_member").on(t.memberId, t.seq),
    index("operation_by_entity").on(t.entityKind, t.entityId),
  ],
);

/**
 * The operations that head office's figures do not contain yet. The one wording for the index and for all that shall use it: with a value
 * that is bound SQLite would leave the index aside, or plan the statement anew at each call.
 */
export const isUnsettled = sql`is_settled = 0`;

/** What became of each operation at head office. */
export const operationState = sqliteTable(
  "operation_state",
  {
    seq: integer()
      .primaryKey()
      .references(() => operation.seq),
    state: text({ enum: ["waiting", ...outcome.options] }).notNull(),
    code: text(),
    /** Head office's rows contain the operation once the cursor of the stream has reached this point. */
    settleStream: text("settle_stream"),
    settleGseq: integer("settle_gseq"),
    memberId: text("member_id"),
    /** Change of the member's balance that head office's figure lacks until then. */
    balanceChange: integer("balance_change").notNull(),
    proposedChange: integer("proposed_change").notNull(),
    isSettled: integer("is_settled", { mode: "boolean" }).notNull(),
  },
  (t) => [
    index("operation_state_unsettled").on(t.memberId).where(isUnsettled),
    index("operation_state_open")
      .on(t.state)
      .where(sql`state IN ('waiting', 'quarantined')`),
  ],
);

/** Lots that this station made or holds rights of. */
export const lot = sqliteTable(
  "lot",
  {
    lotId: text("lot_id").primaryKey(),
    memberId: text("member_id").notNull(),
    earnedOn: text("earned_on").notNull(),
    expiresOn: text("expires_on"),
  },
  (t) => [index("lot_by_member").on(t.memberId)],
);

/** Every movement written here or granted to us: two lines that sum to zero. Append only. */
export const ledgerEntry = sqliteTable(
  "ledger_entry",
  {
    opId: text("op_id").notNull(),
    line: integer().notNull(),
    lotId: text("lot_id").notNull(),
    memberId: text("member_id").notNull(),
    holder: text().notNull(),
    amount: integer().notNull(),
    eventDate: text("event_date").notNull(),
  },
  (t) => [primaryKey({ columns: [t.opId, t.line] }), index("ledger_entry_by_lot").on(t.lotId, t.holder)],
);

/**
 * What this life of the database may spend: the fold of the entries of its own right, the one account that this station decides.
 * The check is the last line of defence against spending what is not held.
 */
export const right = sqliteTable(
  "right_held",
  {
    lotId: text("lot_id")
      .primaryKey()
      .references(() => lot.lotId),
    memberId: text("member_id").notNull(),
    points: integer().notNull(),
  },
  (t) => [check("right_held_not_negative", sql`points >= 0`), index("right_held_by_member").on(t.memberId)],
);

/** An operation is undone at most once, whoever asks. */
export const undo = sqliteTable("undo", { undoneOpId: text("undone_op_id").primaryKey(), opId: text("op_id").notNull() });

/** Grants received, in the dense order in which head office made them; a gap waits for the feed. */
export const grantIn = sqliteTable("grant_in", {
  gno: integer().primaryKey(),
  opId: text("op_id").notNull().unique(),
  record: text().notNull(),
  isApplied: integer("is_applied", { mode: "boolean" }).notNull(),
});

export const member = sqliteTable("member", {
  memberId: text("member_id").primaryKey(),
  memberNumber: text("member_number").notNull().unique(),
  homeBranch: text("home_branch").notNull(),
  state: text({ enum: ["active", "frozen"] }).notNull(),
  name: text().notNull(),
  phones: text().notNull(),
  birthday: text(),
  address: text().notNull().default(""),
  createdAtMs: integer("created_at_ms").notNull(),
});

/** Pinyin and initials by which a name is found; `at` is 0 where the key spells the whole name. */
export const memberKey = sqliteTable(
  "member_key",
  { key: text().notNull(), memberId: text("member_id").notNull(), at: integer().notNull() },
  (t) => [primaryKey({ columns: [t.key, t.memberId] }), index("member_key_by_member").on(t.memberId)],
);

export const memberPhone = sqliteTable("member_phone", { phone: text().notNull(), memberId: text("member_id").notNull() }, (t) => [
  primaryKey({ columns: [t.phone, t.memberId] }),
  index("member_phone_by_member").on(t.memberId),
]);

export const card = sqliteTable(
  "card",
  {
    cardNumber: text("card_number").primaryKey(),
    cardKind: text("card_kind").notNull(),
    memberId: text("member_id").notNull(),
    state: text({ enum: ["active", "blocked"] }).notNull(),
    blockedReason: text("blocked_reason"),
    blockedOn: text("blocked_on"),
    /** The main card that a sub-card hangs on; null for a main card. */
    mainCard: text("main_card"),
  },
  (t) => [index("card_by_member").on(t.memberId)],
);

/** As above: the purchases whose receipts are taken. */
export const isInForce = sql`is_voided = 0`;

/** A receipt is entered once at this station. */
export const purchase = sqliteTable(
  "purchase",
  {
    opId: text("op_id").primaryKey(),
    memberId: text("member_id").notNull(),
    receiptNumber: text("receipt_number").notNull(),
    amountFen: integer("amount_fen").notNull(),
    earnedOn: text("earned_on").notNull(),
    /** The award was undone: the receipt may be entered again. */
    isVoided: integer("is_voided", { mode: "boolean" }).notNull(),
  },
  (t) => [uniqueIndex("purchase_receipt").on(t.receiptNumber).where(isInForce)],
);

/** Movements of this branch's stock, and parcels on their way to it: what lies here is their fold. Append only. */
export const stockMove = sqliteTable(
  "stock_move",
  {
    moveId: text("move_id").primaryKey(),
    branchId: text("branch_id").notNull(),
    itemKind: text("item_kind", { enum: itemKinds }).notNull(),
    itemId: text("item_id").notNull(),
    why: text({ enum: moveReasons }).notNull(),
    pieces: integer().notNull(),
    expected: integer(),
    first: text(),
    last: text(),
    otherBranchId: text("other_branch_id"),
    by: text().notNull(),
    secondPerson: text("second_person"),
    hlc: text().notNull(),
    atMs: integer("at_ms").notNull(),
  },
  (t) => [
    index("stock_move_by_item").on(t.branchId, t.itemKind, t.itemId, t.hlc),
    index("stock_move_by_day").on(t.atMs),
    index("stock_move_parcel")
      .on(t.otherBranchId)
      .where(sql`why = 'sent'`),
  ],
);

/** As above: the holds that wait for their end, among all there ever were. */
export const isOpenHold = sql`kind = 'hold' AND doc ->> '$.state' = 'held'`;

/** Rules, plans, branches, card kinds, staff, proposals, balances: documents as the feed delivers them. */
export const record = sqliteTable(
  "record",
  {
    kind: text().notNull(),
    id: text().notNull(),
    doc: text().notNull(),
    version: integer().notNull(),
    /** When head office made it; 0 for what is only known here yet. */
    asOfMs: integer("as_of_ms").notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] }), index("record_open_hold").on(t.kind).where(isOpenHold)],
);

/**
 * What head office last told of a row that operations of ours have changed since: the row that is shown is this one with those on top. Gone
 * once they are settled.
 */
export const rowBase = sqliteTable(
  "row_base",
  {
    kind: text().notNull(),
    id: text().notNull(),
    /** NULL where head office has no such row. */
    doc: text(),
    version: integer().notNull(),
    asOfMs: integer("as_of_ms").notNull(),
    /** Whether it is from before our operations, or was told since; one that was taken away since stays until the operations are settled. */
    since: text({ enum: ["before", "told", "gone"] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] })],
);

/** Which operations of ours, not settled yet, changed which row. */
export const rowEdit = sqliteTable(
  "row_edit",
  {
    kind: text().notNull(),
    id: text().notNull(),
    seq: integer()
      .notNull()
      .references(() => operation.seq),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id, t.seq] })],
);

/** The thin directory of all members. */
export const directory = sqliteTable(
  "directory",
  {
    memberId: text("member_id").primaryKey(),
    memberNumber: text("member_number").notNull().unique(),
    doc: text().notNull(),
    /** As in `row_hash`, here where no second copy of a million names is needed: null for what does not count as told. */
    version: integer(),
    hash: signed64(),
  },
  // What a million rows add up to is read from it alone.
  (t) => [index("directory_by_hash").on(t.hash)],
);

export const directoryCard = sqliteTable("directory_card", { hash: text().primaryKey(), memberId: text("member_id").notNull() }, (t) => [
  index("directory_card_by_member").on(t.memberId),
]);

/** First phone of a member elsewhere: the last digits and a short keyed tag, which a phone can be compared with and not read from. */
export const directoryPhone = sqliteTable(
  "directory_phone",
  { memberId: text("member_id").primaryKey(), last4: text().notNull(), tag: text().notNull() },
  (t) => [index("directory_phone_by_tag").on(t.last4, t.tag)],
);

/**
 * Which rows head office has told of and not taken back, in which version, and their hashes: what is compared with what it has. One that comes in
 * two streams counts in both. A row whose contents here are our own for the moment is not among them, until it is told again. Those of the
 * directory are kept with its rows.
 */
export const rowHash = sqliteTable(
  "row_hash",
  {
    kind: text().notNull(),
    id: text().notNull(),
    stream: text().notNull(),
    version: integer().notNull(),
    /** Eight bytes of a digest, as SQLite has numbers: with a sign. */
    hash: signed64().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id, t.stream] })],
);

/** How far each stream of head office was read; it moves in the transaction that applies the rows. */
export const cursor = sqliteTable("cursor", {
  stream: text().primaryKey(),
  gseq: integer().notNull(),
  /** Deletions up to here were cleared away before this reading of the stream began, which so lacks none of them. */
  floor: integer().notNull().default(0),
});

export const signInFailure = sqliteTable(
  "sign_in_failure",
  { id: integer().primaryKey({ autoIncrement: true }), userName: text("user_name").notNull(), atMs: integer("at_ms").notNull() },
  (t) => [index("sign_in_failure_by_user").on(t.userName, t.atMs)],
);

/** The devices of this computer: readers and their ports. Local to it, so neither operations nor records. */
export const device = sqliteTable("device", {
  deviceId: text("device_id").primaryKey(),
  name: text().notNull(),
  path: text().notNull(),
  /** What tells its port from others, as JSON; NULL for a port that was typed by hand. */
  identity: text(),
  /** Family, line and reader settings, as JSON. */
  setup: text().notNull(),
});
