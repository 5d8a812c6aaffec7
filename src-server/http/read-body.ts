import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { z } from "zod";
import { fieldIssues, type FieldIssue } from "#shared/contracts/field-issues.ts";
import { WireRefusal } from "#server/http/wire-refusal.ts";

const inflate = promisify(gunzip);
const fromUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a request's JSON body, plain or gzipped, and checks it by its schema.
 *
 * The limit holds twice: for the bytes on the line, and for what they unpack to, so that a small body cannot become a large one in memory.
 *
 * @throws WireRefusal 400, 413 or 415
 */
export async function readBody<Body>(request: Request, schema: z.ZodType<Body>, bytesMax: number): Promise<Body> {
  const encoding = readHeaders(request, bytesMax);
  const sent = await collect(request.body, bytesMax);
  const bytes = encoding === "gzip" ? await unpack(sent, bytesMax) : sent;
  const checked = schema.safeParse(parseJson(bytes));
  if (checked.success) return checked.data;
  throw invalidRequest(fieldIssues(checked.error.issues));
}

export const invalidRequest = (issues: readonly FieldIssue[]): WireRefusal =>
  new WireRefusal(400, "INVALID_REQUEST", "The request is not of the form that the protocol asks for.", { data: { issues } });

function readHeaders({ headers }: Request, bytesMax: number): "gzip" | "identity" {
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  // Also what keeps a web page out: a browser does not send this type to another origin without asking first, and is not answered.
  if (mediaType !== "application/json") throw unsupported("content-type", "Send application/json.");
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "gzip" && encoding !== "identity") throw unsupported("content-encoding", "Send the body plain or gzipped.");
  if (Number(headers.get("content-length") ?? 0) > bytesMax) throw tooLarge(bytesMax);
  return encoding;
}

async function collect(body: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The declared length was looked at before; a chunked body declares none, so what arrives is counted too.
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      chunks.push(chunk);
    }
  } catch (thrown) {
    // The line broke in the middle of the body: nobody is there to read this, but it is no fault of ours to write down either.
    throw thrown instanceof WireRefusal ? thrown : new WireRefusal(400, "BODY_INCOMPLETE", "The body broke off.");
  }
  return Buffer.concat(chunks, bytes);
}

async function unpack(packed: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  try {
    return await inflate(packed, { maxOutputLength: bytesMax });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(bytesMax);
    throw invalidRequest([{ field: "", message: "The body is not intact gzip." }]);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8.decode(bytes));
  } catch {
    throw invalidRequest([{ field: "", message: "The body is not JSON in UTF-8." }]);
  }
}

const tooLarge = (bytesMax: number): WireRefusal =>
  // The rest of the body would have to be read before another request could follow on this connection.
  new WireRefusal(413, "BODY_TOO_LARGE", "The body is larger than this endpoint accepts, packed or unpacked.", {
    data: { bytesMax },
    headers: { connection: "close" },
  });

const unsupported = (header: string, message: string): WireRefusal =>
  new WireRefusal(415, "UNSUPPORTED_MEDIA_TYPE", message, { data: { header } });
