import { z } from "zod";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { BadOperation } from "./declare.ts";
import type { Envelope, Operation, OperationBytes, OperationHeader } from "./operation.ts";

const envelope = z.looseObject({
  by: z.string(),
  second: z.string().optional(),
  at: z.int(),
  tz: z.string(),
  clk: z.object({ off: z.int(), err: z.int(), doubt: z.boolean() }),
  seen: z.record(z.string(), z.int()),
  d: z.unknown(),
});

const utf8 = new TextDecoder("utf-8", { fatal: true });
const toUtf8 = new TextEncoder();

/** Writes the parts of an operation as the bytes that are hashed, stored and sent from now on. */
export function writeBytes(body: Envelope<unknown>, personal: unknown): OperationBytes {
  return {
    body: toUtf8.encode(JSON.stringify(body)),
    personal: personal === undefined ? undefined : toUtf8.encode(JSON.stringify(personal)),
  };
}

type Contents = Pick<Operation, "body" | "personal">;

/** Contents of bytes that are at hand: those of one operation are dated, judged and told of, and nobody changes bytes. */
const known = new WeakMap<Uint8Array, { readonly personal: Uint8Array | undefined; readonly contents: Result<Contents, BadOperation> }>();

/** Reads the bytes of an operation. The data itself is checked by its type, in `effectsOf`. */
export function readBytes(header: OperationHeader, bytes: OperationBytes): Result<Operation, BadOperation> {
  const before = known.get(bytes.body);
  const contents = before && before.personal === bytes.personal ? before.contents : contentsOf(bytes);
  known.set(bytes.body, { personal: bytes.personal, contents });
  if (!contents.ok) return contents;
  const { opId, replica, incarnation, seq, hlc, type, version, entity, transaction } = header;
  return ok({ opId, replica, incarnation, seq, hlc, type, version, entity, transaction, ...contents.value });
}

function contentsOf(bytes: OperationBytes): Result<Contents, BadOperation> {
  const body = envelope.safeParse(parseJson(bytes.body));
  if (!body.success) return err({ code: "BAD_DATA", field: body.error.issues[0]?.path.join(".") ?? "" });
  const { by, second, at, tz, clk, seen, d } = body.data;
  const personal = bytes.personal === undefined ? undefined : parseJson(bytes.personal);
  if (bytes.personal !== undefined && personal === undefined) return err({ code: "BAD_DATA", field: "personal" });
  return ok({ body: { by, ...(second !== undefined && { second }), at, tz, clk, seen, d }, personal });
}

/** JSON from bytes, or undefined when they are not. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
