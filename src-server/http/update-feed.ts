import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Releases } from "#server/app/ports/releases.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";
import { callerOf } from "./caller-address.ts";
import { makeTokenBuckets, type BucketSize } from "./token-buckets.ts";

/** `/updates/CHANNEL/BRANCH/FILE`. Nothing here is secret: every counter fetches it, and believes none of it without the signature. */
export const updatesPath = "/updates/";

/** A counter that has the version before fetches the changed parts one by one: some hundred requests in a few seconds. */
const usualLimit: BucketSize = { burst: 2_000, perSecond: 100 };

export type UpdateFeed = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the files of releases, whole or by one range of bytes. */
export function makeUpdateFeed(
  releases: Releases,
  options: { readonly reportIncident: ReportIncident; readonly nowMs: () => number; readonly limit?: BucketSize },
): UpdateFeed {
  const buckets = makeTokenBuckets(options.limit ?? usualLimit, options.nowMs);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const retryAfterSeconds = buckets.take(callerOf(request.socket.remoteAddress));
    if (retryAfterSeconds > 0) return end(response, 429, { "retry-after": String(retryAfterSeconds) });
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, { allow: "GET, HEAD" });
    const wanted = readAddress(request.url ?? "");
    const file = wanted && (await releases.find(wanted));
    if (!file) return end(response, 404);
    const headers = { "content-type": "application/octet-stream", "cache-control": "no-store", "accept-ranges": "bytes" };
    const range = readRange(request.headers.range, file.bytes);
    if (range === "unsatisfiable") return end(response, 416, { "content-range": `bytes */${file.bytes}` });
    const { first, last } = range ?? { first: 0, last: file.bytes - 1 };
    response.writeHead(range ? 206 : 200, {
      ...headers,
      "content-length": last - first + 1,
      ...(range && { "content-range": `bytes ${first}-${last}/${file.bytes}` }),
    });
    if (request.method === "HEAD" || file.bytes === 0) response.end();
    // A counter that goes away in the middle is no incident; it comes back.
    else await pipeline(createReadStream(file.path, { start: first, end: last }), response).catch(() => undefined);
  }

  return (request, response) => {
    answer(request, response).catch((cause: unknown) => {
      options.reportIncident("updates", cause);
      end(response, 500);
    });
  };
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  if (!response.headersSent) response.writeHead(status, headers);
  response.end();
}

function readAddress(url: string): { readonly channel: string; readonly branch: string; readonly name: string } | undefined {
  const [channel, branch, name, ...more] = (url.split("?", 1)[0] ?? "").slice(updatesPath.length).split("/");
  if (!channel || !branch || !name || more.length > 0) return undefined;
  try {
    return { channel, branch: decodeURIComponent(branch), name: decodeURIComponent(name) };
  } catch {
    return undefined; // Broken escapes name nothing.
  }
}

/**
 * One range of `bytes=FIRST-LAST`. Several at once are answered with the whole file, as RFC 9110 14.2 allows; our counters do not ask so.
 *
 * @returns undefined for the whole file
 */
function readRange(
  header: string | undefined,
  bytes: number,
): { readonly first: number; readonly last: number } | "unsatisfiable" | undefined {
  const found = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? "");
  if (!found) return undefined;
  const first = Number(found[1]);
  const last = found[2] ? Math.min(Number(found[2]), bytes - 1) : bytes - 1;
  return first > last ? "unsatisfiable" : { first, last };
}
