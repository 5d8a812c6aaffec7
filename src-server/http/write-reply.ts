import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const deflate = promisify(gzip);
/** Below this size the packed answer would not fit into fewer network packets than the plain one. */
const packFromBytes = 1024;

export const asJson = (reply: unknown): { readonly type: string; readonly text: string } => ({
  type: "application/json; charset=UTF-8",
  text: JSON.stringify(reply),
});

/** As they are: they are packed, or sealed, already. */
export const asBytes = (bytes: Uint8Array): { readonly type: string; readonly bytes: Uint8Array } => ({
  type: "application/octet-stream",
  bytes,
});

/** One JSON document a line, so that a reader can apply the first rows while the last are on the way. */
export const asJsonLines = (frames: readonly unknown[]): { readonly type: string; readonly text: string } => ({
  type: "application/x-ndjson; charset=UTF-8",
  text: frames.map((frame) => `${JSON.stringify(frame)}\n`).join(""),
});

/** Answers, packed when the caller can unpack it. Level 1: most of the gain for the least of the processor. */
export async function writeReply(
  c: Context,
  status: ContentfulStatusCode,
  reply: { readonly type: string } & ({ readonly text: string } | { readonly bytes: Uint8Array }),
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { type } = reply;
  // Answers carry tokens and members: no cache on the way may keep one.
  const always = { ...headers, "content-type": type, "cache-control": "no-store", vary: "accept-encoding" };
  if ("bytes" in reply) return c.body(new Uint8Array(reply.bytes), status, always);
  const bytes = new TextEncoder().encode(reply.text);
  const encoding = accepts(c, { header: "Accept-Encoding", supports: ["gzip"], default: "identity" });
  if (encoding === "identity" || bytes.byteLength < packFromBytes) return c.body(bytes, status, always);
  const packed = await deflate(bytes, { level: constants.Z_BEST_SPEED });
  return c.body(new Uint8Array(packed), status, { ...always, "content-encoding": "gzip" });
}
