import { once } from "node:events";
import { lookup } from "node:dns/promises";
import { createServer as createPlainServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { BlockList, type AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { HeadOffice } from "#server/app/head-office.ts";
import type { Releases } from "#server/app/ports/releases.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";
import { ListenFault } from "./listen-fault.ts";
import { makeSyncApp, type RequestLimits } from "./sync-app.ts";
import { makeUpdateFeed, updatesPath } from "./update-feed.ts";

export type ServeOptions = {
  readonly headOffice: Pick<HeadOffice, "sync">;
  /** A name or an address. Without TLS it must be this computer's loopback. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Certificate chain and private key, both PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string } | undefined;
  /** The updates of the counter; without them the feed is empty. */
  readonly releases?: Releases | undefined;
  readonly reportIncident: ReportIncident;
  readonly limits?: RequestLimits;
  /** How long a caller may take to send a whole request, in milliseconds; the answer may take longer. */
  readonly requestTimeoutMs?: number;
};

export type Serving = {
  readonly url: string;
  /** Takes no new requests, ends waiting pulls, and lets requests that are under way finish. Calling it again waits for the same end. */
  readonly close: () => Promise<void>;
};

/** After this long a request that is still under way is cut off; its effects are in the database or nowhere. */
const closeTimeoutMs = 10_000;
/** A connection over which nothing moves for so long is dropped, also that of a caller who does not read; longer than any pull may wait. */
const idleTimeoutMs = 60_000;
const headersBytesMax = 8192;

/**
 * Serves the exchange with stations over HTTP on loopback, or over HTTPS anywhere.
 *
 * @throws ListenFault
 */
export async function serveHeadOffice(options: ServeOptions): Promise<Serving> {
  const { headOffice, host, port, tls, releases, reportIncident, limits } = options;
  const address = await addressOf(host);
  if (!tls && !isLoopback(address)) {
    throw new ListenFault(
      "INSECURE_ADDRESS",
      `Over plain HTTP head office answers on this computer alone, and ${host} is reachable from others: give --tls-cert and --tls-key, or listen on 127.0.0.1`,
    );
  }
  const closing = new AbortController();
  const app = makeSyncApp(headOffice, {
    reportIncident,
    closing: closing.signal,
    nowMs: () => performance.now(),
    ...(limits && { limits }),
  });
  const server = makeServer(tls, options.requestTimeoutMs ?? 30_000);
  server.setTimeout(idleTimeoutMs);
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const feed = releases && makeUpdateFeed(releases, { reportIncident, nowMs: () => performance.now() });
  server.on("request", (incoming, outgoing) => {
    if (feed && incoming.url?.startsWith(updatesPath)) feed(incoming, outgoing);
    else void answer(incoming, outgoing);
  });
  await listen(server, address, port);
  const bound = (server.address() as AddressInfo).port;
  let closed: Promise<void> | undefined;
  return {
    url: `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () => {
      closing.abort();
      return (closed ??= end(server));
    },
  };
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const isLoopback = ({ address, family }: Address): boolean => loopback.check(address, family === 6 ? "ipv6" : "ipv4");

type Address = Awaited<ReturnType<typeof lookup>>;

/** Resolved once and listened on as resolved: a name that meant loopback when it was checked cannot mean something else when it is bound. */
async function addressOf(host: string): Promise<Address> {
  try {
    return await lookup(host);
  } catch (cause) {
    throw new ListenFault("ADDRESS_UNUSABLE", `There is no address by the name of ${host}`, { cause });
  }
}

function makeServer(tls: ServeOptions["tls"], requestTimeoutMs: number): Server {
  const common = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // How often slow callers are looked for.
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 5000),
    maxHeaderSize: headersBytesMax,
  };
  if (!tls) return createPlainServer(common);
  try {
    return createTlsServer({ ...common, cert: tls.certificate, key: tls.key, minVersion: "TLSv1.2" });
  } catch (cause) {
    throw new ListenFault("CERTIFICATE_UNUSABLE", "The certificate and the key cannot be used: both must be PEM and belong together", {
      cause,
    });
  }
}

async function listen(server: Server, { address }: Address, port: number): Promise<void> {
  server.listen(port, address);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new ListenFault("ADDRESS_UNUSABLE", `Head office cannot listen on ${address} port ${port}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function end(server: Server): Promise<void> {
  const ended = once(server, "close");
  server.close();
  const cutOff = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
  await ended;
  clearTimeout(cutOff);
}
