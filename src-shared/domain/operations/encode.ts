import { concatBytes, fromHex } from "#shared/std/bytes.ts";
import type { OperationBytes, OperationHeader } from "./operation.ts";

const magic = Uint8Array.of(0x43, 0x46, 0x4f, 0x31); // "CFO1"
/** Of a header without its texts. */
const fixedBytes = 4 + 16 + 4 + 8 + 8 + 8 + 2 + 2 + 2 + 2 + 2 + 2 + 2;
/** A unit of a text takes no more than this. */
const utf8BytesMax = 3;
const utf8 = new TextEncoder();

/** Digest of SHA-256; handed in, since the domain runs where there is no Node. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

/**
 * The header as it is hashed: big-endian, strings as UTF-8 behind a 16-bit length, what is absent as length 0 or number 0.
 * Layout: `CFO1`, op id 16, replica u32, incarnation 8, seq u64, hlc u64, type, version u16, entity kind, entity id,
 * transaction id, its n u16, its of u16.
 */
export function headerBytes(header: OperationHeader): Uint8Array {
  const { entity, transaction } = header;
  const [type, kind, id, group] = [header.type, entity?.kind ?? "", entity?.id ?? "", transaction?.id ?? ""];
  // Every hash of a chain begins here: one piece of memory, as long as the texts can become, and no copy of its parts.
  const bytes = new Uint8Array(fixedBytes + utf8BytesMax * (type.length + kind.length + id.length + group.length));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (part: Uint8Array): void => {
    bytes.set(part, at);
    at += part.length;
  };
  const putU16 = (value: number): void => {
    view.setUint16(at, value);
    at += 2;
  };
  const putU32 = (value: number): void => {
    view.setUint32(at, value);
    at += 4;
  };
  const putText = (text: string): void => {
    const { written } = utf8.encodeInto(text, bytes.subarray(at + 2));
    if (written > 0xffff) throw new RangeError("a header string is longer than 65,535 bytes");
    putU16(written);
    at += written;
  };
  put(magic);
  put(hexBytes(header.opId.replaceAll("-", ""), 16));
  putU32(header.replica);
  put(hexBytes(header.incarnation, 8));
  // Exact up to 2^53, which no number of a log reaches.
  putU32(Math.floor(header.seq / 2 ** 32));
  putU32(header.seq);
  put(hexBytes(header.hlc, 8));
  putText(type);
  putU16(header.version);
  putText(kind);
  putText(id);
  putText(group);
  putU16(transaction?.n ?? 0);
  putU16(transaction?.of ?? 0);
  return bytes.subarray(0, at);
}

/** Links an operation to the one before it: SHA-256(prev, header, SHA-256(body), SHA-256(personal) or 32 zero bytes). */
export function chainHash(
  sha256: Sha256,
  prev: Uint8Array,
  header: OperationHeader,
  body: Uint8Array,
  personal: Uint8Array | undefined,
): Uint8Array {
  return chainHashOfDigests(sha256, prev, header, sha256(body), personal ? sha256(personal) : new Uint8Array(32));
}

/** The hash that an operation has behind `prev`, also when only a digest is left of its personal part. */
export const hashBehind = (sha256: Sha256, prev: Uint8Array, op: OperationHeader & OperationBytes): Uint8Array =>
  op.personal || !op.personalDigest
    ? chainHash(sha256, prev, op, op.body, op.personal)
    : chainHashOfDigests(sha256, prev, op, sha256(op.body), op.personalDigest);

/** As `chainHash`, where only the digest of the personal part is left because the person was erased. */
export function chainHashOfDigests(
  sha256: Sha256,
  prev: Uint8Array,
  header: OperationHeader,
  bodyDigest: Uint8Array,
  personalDigest: Uint8Array,
): Uint8Array {
  return sha256(prev, headerBytes(header), bodyDigest, personalDigest);
}

/** The life that another one was forked from: a restored backup, a cloned disk. */
export type ForkedFrom = { readonly incarnation: string; readonly seq: number };

/** The `prev` of an incarnation's first operation. */
export function genesisHash(sha256: Sha256, replica: number, incarnation: string, forkedFrom?: ForkedFrom): Uint8Array {
  return sha256(
    utf8.encode("counterfoil-op"),
    u32(replica),
    hexBytes(incarnation, 8),
    hexBytes(forkedFrom?.incarnation ?? "0000000000000000", 8),
    u64(forkedFrom?.seq ?? 0),
  );
}

function hexBytes(hex: string, length: number): Uint8Array {
  if (hex.length !== 2 * length || !/^[0-9a-f]+$/.test(hex)) throw new RangeError(`expected ${length} bytes in lower-case hex`);
  return fromHex(hex);
}

const u32 = (value: number): Uint8Array => Uint8Array.of(value >> 24, value >> 16, value >> 8, value);
/** Exact up to 2^53, which no number of a log reaches. */
const u64 = (value: number): Uint8Array => concatBytes(u32(Math.floor(value / 2 ** 32)), u32(value));
