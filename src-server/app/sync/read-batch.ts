import type { SyncRefusal } from "#server/app/head-office.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import { sha256 } from "#server/app/sha256.ts";
import { fromWire } from "#shared/contracts/sync/operation-wire.ts";
import type { PushRequest, WireOperation } from "#shared/contracts/sync/wire.ts";
import { hashBehind } from "#shared/domain/operations/encode.ts";
import { hlcMs } from "#shared/domain/operations/hlc.ts";
import type { Envelope, StoredOperation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { isId } from "#server/app/ids.ts";
import { refuse } from "./refuse.ts";

/** A clock that runs ahead wins no edit by more than this. */
const clockLeadMaxMs = 5 * 60 * 1000;

/**
 * Reads a batch and checks that it is what was chained: every hash is recomputed from header and bytes, from the base to the signed head.
 * Nothing of the contents is judged here.
 *
 * @param clockAheadMs of the station's wall clock, as it was at its last hello
 */
export function readBatch(
  request: PushRequest,
  { nowMs, clockAheadMs }: { readonly nowMs: number; readonly clockAheadMs: number },
): Result<readonly ReceivedOperation[], SyncRefusal> {
  const { replica, incarnation, baseSeq, ops, headHash } = request;
  if (!ops.every((wire, i) => wire.seq === baseSeq + 1 + i && isWellFormed(wire))) return refuse(400, "MALFORMED");
  const read: ReceivedOperation[] = [];
  let prev: Uint8Array = Buffer.from(request.baseHash, "hex");
  for (const wire of ops) {
    const op = fromWire(wire, { replica, incarnation, prev });
    const hash = hashBehind(sha256, prev, op);
    if (Buffer.compare(hash, op.hash) !== 0) return refuse(409, "CHAIN_BROKEN", { seq: op.seq });
    read.push(dated(op, nowMs, clockAheadMs));
    prev = hash;
  }
  return Buffer.from(prev).toString("hex") === headHash ? ok(read) : refuse(409, "CHAIN_BROKEN", { seq: ops.at(-1)?.seq ?? baseSeq });
}

/** Our own programs write nothing else; a null character, for one, could not be stored. */
function isWellFormed({ id, t, e, tx }: WireOperation): boolean {
  return isId(id) && [t, e?.k, e?.i, tx?.id].every((text) => text === undefined || (!text.includes("\0") && text.isWellFormed()));
}

function dated(op: StoredOperation, nowMs: number, clockAheadMs: number): ReceivedOperation {
  const latest = (nowMs + clockLeadMaxMs).toString(16).padStart(12, "0") + "0000";
  const content = readBytes(op, op);
  const at = content.ok ? instantOf(content.value.body, nowMs, clockAheadMs) : nowMs;
  return {
    ...op,
    effHlc: hlcMs(op.hlc) > hlcMs(latest) ? latest : op.hlc,
    receivedAtMs: nowMs,
    bookingDate: businessDateOf(nowMs),
    eventDate: businessDateOf(isPlausible(at) ? at : nowMs),
  };
}

/**
 * When it happened, by head office's clock. Without doubt `at` stands. With doubt, and head office heard in that run, `at` is the later of the
 * station's wall clock and head office's time, so only a clock that ran ahead is taken back. Not heard in that run, a station could not know:
 * its clock is taken to have been as wrong as it is now.
 */
function instantOf({ at, clk }: Envelope<unknown>, nowMs: number, clockAheadMs: number): number {
  if (!clk.doubt) return at;
  return Math.min(nowMs, clk.off === 0 ? at - clockAheadMs : at - Math.max(0, clk.off));
}

/** Years of four digits: a broken clock must not produce a date that no calendar has. */
const isPlausible = (atMs: number): boolean => atMs >= 0 && atMs < Date.UTC(9999, 0);
