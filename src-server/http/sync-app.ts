import type { HttpBindings } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context } from "hono";
import type { z } from "zod";
import type { HeadOffice, SyncRefusal } from "#server/app/head-office.ts";
import { StoreUnavailable } from "#server/app/ports/store.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";
import {
  actRequest,
  challengeRequest,
  depositRequest,
  drawRequest,
  enrolRequest,
  erasuresRequest,
  findRequest,
  helloRequest,
  identityRequest,
  ownOpsRequest,
  presentRequest,
  pullRequest,
  pushRequest,
  repairRequest,
  syncPath,
} from "#shared/contracts/sync/wire.ts";
import { envelopeRequest, openEnvelope } from "#shared/contracts/sync/envelope.ts";
import { snapshotChunkRequest, snapshotRequest } from "#shared/contracts/sync/snapshot.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { callerOf } from "./caller-address.ts";
import { invalidRequest, readBody } from "./read-body.ts";
import { refusalMessage } from "./refusal-message.ts";
import { makeTokenBuckets, type BucketSize, type TokenBuckets } from "./token-buckets.ts";
import { WireRefusal } from "./wire-refusal.ts";
import { asBytes, asJson, asJsonLines, writeReply } from "./write-reply.ts";

export type SyncAppOptions = {
  readonly reportIncident: ReportIncident;
  /** Fires when the server closes: waiting pulls end, and no connection is kept for another request. */
  readonly closing: AbortSignal;
  /** Monotonic milliseconds; what the request limits are measured by. */
  readonly nowMs: () => number;
  readonly limits?: RequestLimits;
};

export type RequestLimits = {
  /** Per remote address, for callers that head office does not know yet. */
  readonly stranger: BucketSize;
  /** Per station and remote address. The address belongs to it, so that a stranger who names a station cannot use up its requests. */
  readonly station: BucketSize;
  /** How many are worked on at once, of all callers together; waiting pulls are not among them. */
  readonly atOnce?: number;
};

const defaultLimits: RequestLimits = { stranger: { burst: 60, perSecond: 1 }, station: { burst: 200, perSecond: 50 } };
/** Four for each connection to the database: more of them would be given up by their stations before their turn comes, and asked again. */
const atOnceMax = 64;

const kibibyte = 1024;
/** A push is cut by the limits that `hello` announces, which stay below this. */
const pushBytesMax = 4096 * kibibyte;
const pullBytesMax = 64 * kibibyte;
/** Two thousand rows by their names. */
const repairBytesMax = 512 * kibibyte;
/** A hundred of them. */
const erasuresBytesMax = 64 * kibibyte;
/** Two hundred of them. */
const presentBytesMax = 256 * kibibyte;
const otherBytesMax = 16 * kibibyte;

type Env = { Bindings: HttpBindings };
type Asked<Body> = {
  readonly body: Body;
  /** Empty for endpoints that need none. */
  readonly token: string;
  /** Nobody waits for the answer any more. */
  readonly gone: AbortSignal;
};
type Endpoint<Body, Reply> = {
  readonly request: z.ZodType<Body>;
  readonly bytesMax?: number;
  readonly needsToken?: true;
  /** It mostly waits for something to happen. */
  readonly isListening?: true;
  /** The station that asks, as far as it is known before the token is checked. */
  readonly station?: (body: Body) => number;
  readonly write?: (reply: Reply) => Parameters<typeof writeReply>[2];
  readonly answer: (asked: Asked<Body>) => Promise<Result<Reply, SyncRefusal>>;
};

/**
 * Head office's side of the exchange, one endpoint per path of the protocol.
 *
 * It knows bytes, headers and schemas. What a token, a signature or an operation is worth is decided behind `sync`.
 */
export function makeSyncApp({ sync }: Pick<HeadOffice, "sync">, options: SyncAppOptions): Hono<Env> {
  const { reportIncident, closing, nowMs, limits = defaultLimits } = options;
  const strangers = makeTokenBuckets(limits.stranger, nowMs);
  const stations = makeTokenBuckets(limits.station, nowMs);
  const app = new Hono<Env>();
  const { atOnce = atOnceMax } = limits;
  let underWay = 0;
  let turnedAway = 0;

  /** Back after some seconds, of a dozen others not all at the same one. */
  function busy(): WireRefusal {
    turnedAway += 1;
    return tooMuch(503, "BUSY", returnAfterSeconds + (turnedAway % spreadSeconds));
  }

  async function amongAll<T>(work: () => Promise<T>): Promise<T> {
    if (underWay >= atOnce) throw busy();
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  }

  function endpoint<Body, Reply>(path: string, asks: Endpoint<Body, Reply>): void {
    const { request, bytesMax, needsToken, isListening, station, write, answer } = asks;
    app.post(path, async (c) => {
      const caller = callerOf(getConnInfo(c).remote.address);
      if (!station) takeFrom(strangers, caller);
      const token = needsToken ? bearerToken(c) : "";
      const body = await readBody(c.req.raw, request, bytesMax ?? otherBytesMax);
      if (station) takeFrom(stations, `${station(body)}@${caller}`);
      const gone = AbortSignal.any([c.req.raw.signal, closing]);
      const work = (): Promise<Result<Reply, SyncRefusal>> => answer({ body, token, gone });
      const answered = isListening ? await work() : await amongAll(work);
      if (!answered.ok) throw refused(answered.error);
      return writeReply(c, 200, (write ?? asJson)(answered.value));
    });
  }

  /** A database that cannot be asked is written down like a mistake of ours, but the caller only has to come again. */
  function unforeseen(path: string, thrown: unknown): WireRefusal {
    const incident = reportIncident(path, thrown);
    return thrown instanceof StoreUnavailable ? busy() : internal(incident);
  }

  // Before any route: every refusal of the whole app, foreseen or not, has the one form.
  app.onError(async (thrown, c) => {
    const refusal = thrown instanceof WireRefusal ? thrown : unforeseen(c.req.path, thrown);
    return writeReply(c, refusal.status, asJson(refusal.body), refusal.headers);
  });
  app.notFound(() => {
    throw new WireRefusal(404, "NOT_FOUND", "There is no such endpoint.");
  });
  app.use(async (c, next) => {
    // Addresses are written into logs of proxies and clients: nothing that matters may ever stand in one.
    if (c.req.url.includes("?"))
      throw invalidRequest([{ field: "url", message: "Nothing is taken from the address: send it in the body." }]);
    if (c.req.method !== "POST")
      throw new WireRefusal(405, "METHOD_NOT_ALLOWED", "Every endpoint takes POST.", { headers: { allow: "POST" } });
    await next();
    if (closing.aborted) c.header("connection", "close");
  });

  endpoint(syncPath.identity, {
    request: identityRequest,
    answer: async ({ body }) => {
      const { publicKey, signature } = sync.identity(Buffer.from(body.nonce, "base64"));
      return ok({ publicKey: toBase64(publicKey), signature: toBase64(signature) });
    },
  });
  endpoint(syncPath.enrol, { request: enrolRequest, answer: ({ body }) => sync.enrol(body) });
  endpoint(syncPath.challenge, {
    request: challengeRequest,
    station: (body) => body.replica,
    answer: async ({ body }) => {
      const challenge = await sync.challenge(body.replica);
      return challenge.ok ? ok({ challenge: toBase64(challenge.value) }) : challenge;
    },
  });
  endpoint(syncPath.hello, { request: helloRequest, station: (body) => body.replica, answer: ({ body }) => sync.hello(body) });
  endpoint(syncPath.push, {
    request: pushRequest,
    bytesMax: pushBytesMax,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.push(token, body),
  });
  endpoint(syncPath.envelope, {
    request: envelopeRequest,
    bytesMax: pushBytesMax,
    needsToken: true,
    station: (body) => body.replica,
    answer: async ({ token, body }) => {
      const push = openEnvelope(body);
      if (!push) return err({ code: "MALFORMED", status: 400 as const, data: {} });
      const pushed = await sync.push(token, push);
      return pushed.ok ? ok({ ackSeq: pushed.value.ackSeq }) : pushed;
    },
  });
  endpoint(syncPath.pull, {
    request: pullRequest,
    bytesMax: pullBytesMax,
    needsToken: true,
    isListening: true,
    station: (body) => body.replica,
    write: asJsonLines,
    answer: ({ token, body, gone }) => sync.pull(token, body, gone),
  });
  endpoint(syncPath.draw, {
    request: drawRequest,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.draw(token, body),
  });
  endpoint(syncPath.act, {
    request: actRequest,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.act(token, body),
  });
  endpoint(syncPath.find, {
    request: findRequest,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.find(token, body),
  });
  endpoint(syncPath.deposit, {
    request: depositRequest,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.deposit(token, body),
  });
  endpoint(syncPath.erasures, {
    request: erasuresRequest,
    bytesMax: erasuresBytesMax,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.erasures(token, body),
  });
  endpoint(syncPath.present, {
    request: presentRequest,
    bytesMax: presentBytesMax,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.present(token, body),
  });
  endpoint(syncPath.snapshot, {
    request: snapshotRequest,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.snapshot(token, body),
  });
  endpoint(syncPath.snapshotChunk, {
    request: snapshotChunkRequest,
    needsToken: true,
    station: (body) => body.replica,
    write: asBytes,
    answer: ({ token, body }) => sync.snapshotChunk(token, body),
  });
  endpoint(syncPath.ownOps, {
    request: ownOpsRequest,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.ownOps(token, body),
  });
  endpoint(syncPath.repair, {
    request: repairRequest,
    bytesMax: repairBytesMax,
    needsToken: true,
    station: (body) => body.replica,
    answer: ({ token, body }) => sync.repair(token, body),
  });
  return app;
}

function bearerToken(c: Context): string {
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token !== undefined) return token;
  throw new WireRefusal(401, "TOKEN", refusalMessage("TOKEN"), { headers: { "www-authenticate": "Bearer" } });
}

function takeFrom(buckets: TokenBuckets, caller: string): void {
  const retryAfterSeconds = buckets.take(caller);
  if (retryAfterSeconds > 0) throw tooMuch(429, "TOO_MANY_REQUESTS", retryAfterSeconds);
}

const tooMuch = (status: 429 | 503, code: string, retryAfterSeconds: number): WireRefusal =>
  new WireRefusal(status, code, refusalMessage(code), {
    data: { retryAfterSeconds },
    headers: { "retry-after": String(retryAfterSeconds) },
  });

const returnAfterSeconds = 2;
const spreadSeconds = 12;

/** When head office itself asks for patience it is about guesses, and a minute is what it takes to make guessing worthless. */
const patienceSeconds = "60";

function refused({ code, status, data }: SyncRefusal): WireRefusal {
  const headers = status === 429 ? { "retry-after": patienceSeconds } : {};
  return new WireRefusal(status, code, refusalMessage(code), { data, headers });
}

const internal = (incident: string): WireRefusal => new WireRefusal(500, "INTERNAL", refusalMessage("INTERNAL"), { data: { incident } });

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
