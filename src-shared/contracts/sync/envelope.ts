import { z } from "zod";
import { headerBytes } from "#shared/domain/operations/encode.ts";
import type { OperationHeader, StoredOperation } from "#shared/domain/operations/operation.ts";
import { readHeaderBytes } from "#shared/domain/operations/read-header.ts";
import { fromHex, toHex } from "#shared/std/bytes.ts";
import { toWire } from "./operation-wire.ts";
import { pushRequest, type PushRequest } from "./wire.ts";

const { replica, incarnation, baseSeq, baseHash, headHash, signature } = pushRequest.shape;
const { b, p, pd, h } = pushRequest.shape.ops.element.shape;

/**
 * A push in the form that is frozen: every later head office takes it, so that a station which is too old for all the rest still hands over what it
 * wrote. An operation is what its hash was made of: its header as those bytes, and its two texts. Nothing is ever added here or taken away.
 */
export const envelopeRequest = z.strictObject({
  replica,
  incarnation,
  baseSeq,
  baseHash,
  ops: z
    .array(z.strictObject({ header: z.string().regex(/^([0-9a-f]{2}){62,1024}$/), b, p, pd, h }))
    .min(1)
    .max(1000),
  headHash,
  signature,
});
/** That it is kept is all that such a station is told; what became of it comes after the upgrade, when it is sent once more. */
export const envelopeReply = z.strictObject({ ackSeq: z.int().nonnegative() });
type EnvelopeRequest = z.infer<typeof envelopeRequest>;

export function toEnvelope(op: StoredOperation): EnvelopeRequest["ops"][number] {
  const { b: body, p: personal, pd: digest, h: hash } = toWire(op);
  const parts = { ...(personal !== undefined && { p: personal }), ...(digest !== undefined && { pd: digest }) };
  return { header: toHex(headerBytes(op)), b: body, ...parts, h: hash };
}

/** The same as a push of today; undefined where a header is none, or names another life. */
export function openEnvelope({ ops, ...batch }: EnvelopeRequest): PushRequest | undefined {
  const opened = ops.map(({ header: text, ...parts }) => {
    const header = readHeader(text);
    const isTheirs = header?.replica === batch.replica && header.incarnation === batch.incarnation;
    if (!header || !isTheirs) return undefined;
    const { opId: id, seq, hlc, type: t, version: v, entity, transaction: tx } = header;
    return { id, seq, hlc, t, v, ...(entity && { e: { k: entity.kind, i: entity.id } }), ...(tx && { tx }), ...parts };
  });
  return pushRequest.safeParse({ ...batch, ops: opened }).data;
}

function readHeader(text: string): OperationHeader | undefined {
  try {
    return readHeaderBytes(fromHex(text));
  } catch {
    return undefined;
  }
}
