/** A point in the order of edits: 48 bits of milliseconds, then a 16-bit counter, as 16 hex digits. Never read as a time of day. */
export type Hlc = string;

/** A row or a fact that the operation is about; feeds and settlement go by it. */
export type EntityRef = { readonly kind: string; readonly id: string };

/** A linked group: all of its operations are applied, or none. */
export type TransactionRef = { readonly id: string; readonly n: number; readonly of: number };

export type OperationHeader = {
  /** UUIDv7; the request id of the operator's intent. */
  readonly opId: string;
  /** The station's number at head office; 0 is head office itself. */
  readonly replica: number;
  /** One continuous life of one database, 16 hex digits. */
  readonly incarnation: string;
  /** Dense from 1 within (replica, incarnation). */
  readonly seq: number;
  readonly hlc: Hlc;
  readonly type: string;
  /** Version of the payload. */
  readonly version: number;
  readonly entity: EntityRef | undefined;
  readonly transaction: TransactionRef | undefined;
};

/** How sure the station was of its clock when it wrote: offset to head office and its error, both in milliseconds. */
export type ClockReading = { readonly off: number; readonly err: number; readonly doubt: boolean };

/** What every operation's body carries around its own data `d`. Ids, amounts and codes; never personal data. */
export type Envelope<D> = {
  /** Staff id of the operator. */
  readonly by: string;
  /** Staff id of the supervisor who lent the operator the permission for this one act; absent where nobody did. */
  readonly second?: string;
  /** Station time in milliseconds since 1970. */
  readonly at: number;
  readonly tz: string;
  readonly clk: ClockReading;
  /** What the author had seen of head office's streams: the measure of good faith. */
  readonly seen: Readonly<Record<string, number>>;
  readonly d: D;
};

/** The bytes as they are stored, chained and sent. They are never serialised a second time. */
export type OperationBytes = {
  readonly body: Uint8Array;
  /** UTF-8 JSON with a random salt; undefined when there is none, or when the person was erased. */
  readonly personal: Uint8Array | undefined;
  /** SHA-256 of the personal part of an erased person: what the chain needs of it. Its salt went with it, so nobody can try names out. */
  readonly personalDigest?: Uint8Array;
};

export type StoredOperation = OperationHeader & OperationBytes & { readonly prev: Uint8Array; readonly hash: Uint8Array };

/** An operation with its bytes read. */
export type Operation<D = unknown, P = unknown> = OperationHeader & {
  readonly body: Envelope<D>;
  readonly personal: P | undefined;
};

/** Where an operation of a type may be written. */
export type Author = "station" | "headOffice";

/** Head office writes under this replica number. */
export const headOfficeReplica = 0;
