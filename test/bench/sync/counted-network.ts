import { systemNetwork } from "#main/sync/http-line.ts";
import type { Network } from "#main/sync/http-line.ts";

/** What has gone over a line: bodies as they travel, packed where they are. Headers are a few hundred bytes a request. */
export type Traffic = { readonly requests: number; readonly sentBytes: number; readonly receivedBytes: number };

/** The system's network, which counts. */
export function makeCountedNetwork(): { readonly network: Network; readonly traffic: () => Traffic } {
  let traffic: Traffic = { requests: 0, sentBytes: 0, receivedBytes: 0 };
  return {
    network: {
      ...systemNetwork,
      async fetch(url, asked) {
        const response = await systemNetwork.fetch(url, asked);
        traffic = {
          requests: traffic.requests + 1,
          sentBytes: traffic.sentBytes + bytesIn(asked?.body),
          // What `fetch` hands out is unpacked; head office says in the headers how much it sent.
          receivedBytes: traffic.receivedBytes + Number(response.headers.get("content-length") ?? 0),
        };
        return response;
      },
    },
    traffic: () => traffic,
  };
}

function bytesIn(body: unknown): number {
  if (body instanceof Uint8Array) return body.byteLength;
  return typeof body === "string" ? Buffer.byteLength(body) : 0;
}

export const trafficSince = (now: Traffic, before: Traffic): Traffic => ({
  requests: now.requests - before.requests,
  sentBytes: now.sentBytes - before.sentBytes,
  receivedBytes: now.receivedBytes - before.receivedBytes,
});
