import { headerBytes } from "#shared/domain/operations/encode.ts";
import { readHeaderBytes } from "#shared/domain/operations/read-header.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { MirrorEnd, OperationRef, StationFacts, Written } from "#main/app/ports/mirror.ts";
import type { ByteWriter } from "./byte-writer.ts";

/** How each file begins. */
export type Opening = {
  /** The files before it, whole, so that a look at the folder notices what is missing. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** How far they reach. */
  readonly end: MirrorEnd;
  readonly facts: StationFacts | undefined;
};

export type MirrorRecord =
  | { readonly kind: "opening"; readonly opening: Opening }
  | { readonly kind: "operation"; readonly operation: StoredOperation }
  | { readonly kind: "grant"; readonly grant: GrantRecord }
  | { readonly kind: "facts"; readonly facts: StationFacts };

// A record: kind u8, length u32, its bytes. Numbers on disk are big-endian and never change their meaning.
const kinds = { opening: 1, operation: 2, grant: 3, facts: 4 } as const;
const hashBytes = 32;
/** What is left of an operation's personal part. */
const [none, whole, digestOnly] = [0, 1, 2] as const;

export function writeOpening(to: ByteWriter, { files, end, facts }: Opening): void {
  writeJson(to, kinds.opening, {
    files,
    end: { ...end, operation: { ...end.operation, hash: Buffer.from(end.operation.hash).toString("hex") } },
    facts: facts && factsToJson(facts),
  });
}

/** Facts first: what follows is read in their light. Grants before operations, which may spend what they gave. */
export function writeRecords(to: ByteWriter, { operations, grants, facts }: Written): void {
  if (facts) writeJson(to, kinds.facts, factsToJson(facts));
  for (const grant of grants) writeJson(to, kinds.grant, grant);
  for (const operation of operations) writeOperation(to, operation);
}

/** An operation: header length u16 in a u32, header as it is hashed, prev 32, hash 32, body length u32, body, then 1 and the personal part, 2 and its digest, or 0. */
function writeOperation(to: ByteWriter, op: StoredOperation): void {
  const header = headerBytes(op);
  const personal = op.personal ?? op.personalDigest;
  to.u8(kinds.operation);
  to.u32(4 + header.length + 2 * hashBytes + 4 + op.body.length + 1 + (personal?.length ?? 0));
  to.u32(header.length);
  to.bytes(header);
  to.bytes(op.prev);
  to.bytes(op.hash);
  to.u32(op.body.length);
  to.bytes(op.body);
  to.u8(op.personal ? whole : op.personalDigest ? digestOnly : none);
  if (personal) to.bytes(personal);
}

function writeJson(to: ByteWriter, kind: number, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value), "utf8");
  to.u8(kind);
  to.u32(bytes.length);
  to.bytes(bytes);
}

/** Reads what one frame holds. A kind that this version does not know is left out. @throws RangeError, SyntaxError when it is no such thing */
export function readRecords(bytes: Buffer): readonly MirrorRecord[] {
  const records: MirrorRecord[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = bytes.readUInt8(at);
    const length = bytes.readUInt32BE(at + 1);
    const content = bytes.subarray(at + 5, at + 5 + length);
    if (content.length !== length) throw new RangeError("a record is longer than its frame");
    const record = readRecord(kind, content);
    if (record) records.push(record);
    at += 5 + length;
  }
  return records;
}

function readRecord(kind: number, content: Buffer): MirrorRecord | undefined {
  switch (kind) {
    case kinds.operation:
      return { kind: "operation", operation: readOperation(content) };
    case kinds.grant:
      return { kind: "grant", grant: readJson(content) as GrantRecord };
    case kinds.facts:
      return { kind: "facts", facts: factsFromJson(readJson(content) as FactsJson) };
    case kinds.opening:
      return { kind: "opening", opening: readOpening(content) };
    default:
      return undefined;
  }
}

function readOpening(content: Buffer): Opening {
  const { files, end, facts } = readJson(content) as Omit<Opening, "end" | "facts"> & {
    readonly end: Omit<MirrorEnd, "operation"> & { readonly operation: Omit<OperationRef, "hash"> & { readonly hash: string } };
    readonly facts?: FactsJson;
  };
  const operation = { ...end.operation, hash: Buffer.from(end.operation.hash, "hex") };
  return { files, end: { ...end, operation }, facts: facts && factsFromJson(facts) };
}

function readOperation(content: Buffer): StoredOperation {
  let at = 0;
  // A copy, since the buffer of a whole file would live as long as one of its operations.
  const take = (length: number): Buffer => Buffer.from(content.subarray(at, (at += length)));
  const header = readHeaderBytes(take(take(4).readUInt32BE()));
  const prev = take(hashBytes);
  const hash = take(hashBytes);
  const body = take(take(4).readUInt32BE());
  const left = take(1).readUInt8();
  const personal = left === whole ? take(content.length - at) : undefined;
  return { ...header, body, personal, ...(left === digestOnly && { personalDigest: take(hashBytes) }), prev, hash };
}

type IdentityJson = Omit<StationIdentity, "headOfficeKey" | "directoryKey"> & {
  readonly headOfficeKey: string;
  readonly directoryKey: string;
};
type FactsJson = { readonly identity: IdentityJson; readonly deviceKey: string };

const factsToJson = ({ identity, deviceKey }: StationFacts): FactsJson => ({
  identity: { ...identity, headOfficeKey: toBase64(identity.headOfficeKey), directoryKey: toBase64(identity.directoryKey) },
  deviceKey: toBase64(deviceKey),
});

const factsFromJson = ({ identity, deviceKey }: FactsJson): StationFacts => ({
  identity: { ...identity, headOfficeKey: fromBase64(identity.headOfficeKey), directoryKey: fromBase64(identity.directoryKey) },
  deviceKey: fromBase64(deviceKey),
});

/** The same facts make the same text, so that a change is seen. */
export const factsText = (facts: StationFacts): string => JSON.stringify(factsToJson(facts));

const readJson = (bytes: Buffer): unknown => JSON.parse(bytes.toString("utf8"));
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const fromBase64 = (text: string): Uint8Array => Buffer.from(text, "base64");
