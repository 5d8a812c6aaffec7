import { fromHex, toHex } from "#shared/std/bytes.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { WireOperation } from "./wire.ts";

const toUtf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** An operation as it travels: its bytes as text, under short names. */
export function toWire(op: StoredOperation): WireOperation {
  return {
    id: op.opId,
    seq: op.seq,
    hlc: op.hlc,
    t: op.type,
    v: op.version,
    ...(op.entity && { e: { k: op.entity.kind, i: op.entity.id } }),
    ...(op.transaction && { tx: op.transaction }),
    b: fromUtf8.decode(op.body),
    ...(op.personal && { p: fromUtf8.decode(op.personal) }),
    ...(op.personalDigest && { pd: toHex(op.personalDigest) }),
    h: toHex(op.hash),
  };
}

/** An operation as it came, not checked yet. @param prev the hash of the operation before it, which the wire leaves out since the batch repeats it */
export function fromWire(
  wire: WireOperation,
  from: { readonly replica: number; readonly incarnation: string; readonly prev: Uint8Array },
): StoredOperation {
  return {
    opId: wire.id,
    replica: from.replica,
    incarnation: from.incarnation,
    seq: wire.seq,
    hlc: wire.hlc,
    type: wire.t,
    version: wire.v,
    entity: wire.e && { kind: wire.e.k, id: wire.e.i },
    transaction: wire.tx,
    body: toUtf8.encode(wire.b),
    personal: wire.p === undefined ? undefined : toUtf8.encode(wire.p),
    ...(wire.pd !== undefined && { personalDigest: fromHex(wire.pd) }),
    prev: from.prev,
    hash: fromHex(wire.h),
  };
}
