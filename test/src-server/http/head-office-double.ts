import type { SyncService } from "#server/app/head-office.ts";
import { serveHeadOffice, type ServeOptions } from "#server/http/serve-head-office.ts";
import type { PullFrame } from "#shared/contracts/sync/wire.ts";
import { ok } from "#shared/std/result.ts";
import { onTestFinished } from "vitest";

/** A head office that answers every question with a yes and remembers what it was asked; a test replaces the part it is about. */
export function headOfficeDouble(replaced: Partial<SyncService> = {}) {
  const asked: unknown[] = [];
  const noting =
    <Arguments extends readonly unknown[], Reply>(reply: Reply) =>
    async (...given: Arguments) => {
      asked.push(given);
      return ok(reply);
    };
  const sync: SyncService = {
    identity: () => ({ publicKey: new Uint8Array(32), signature: new Uint8Array(64) }),
    enrol: noting({
      replica: 1,
      branch: { branchId: "b1", code: "A", name: "Branch A" },
      serverId: "server",
      serverEpoch: 1,
      headOfficeKey: "",
      directoryKey: "",
      isSample: false,
    }),
    challenge: noting(new Uint8Array(32)),
    hello: noting({
      verdict: "ok" as const,
      proto: 1,
      serverId: "server",
      serverEpoch: 1,
      serverTimeMs: 0,
      serverHlc: "00".repeat(8),
      ackSeq: 0,
      ackHash: "00".repeat(32),
      streams: [],
      limits: { maxOperations: 500, maxBytes: 500_000 },
      lives: [],
      deposit: { publicKey: "", signature: "", keyId: null },
      token: "token-of-1",
    }),
    erasures: noting({ done: 0 }),
    present: noting({}),
    push: noting({ ackSeq: 1, ackHash: "00".repeat(32), results: [], serverTimeMs: 0 }),
    pull: noting<[], readonly PullFrame[]>([
      { k: "hdr", serverEpoch: 1, serverTimeMs: 0, serverHlc: "00".repeat(8) },
      { k: "row", s: "cfg", g: 1, e: "branch", id: "b1", ver: 1, d: { branchId: "b1", code: "A", name: "东门店" } },
      { k: "cur", s: "cfg", g: 1, more: false },
      { k: "end" },
    ]),
    draw: noting({ granted: 0 }),
    find: noting({ members: [], isCut: false, asOfMs: 0 }),
    ownOps: noting({ ops: [] }),
    repair: noting({ found: "moved" as const }),
    deposit: noting({ keyId: "00".repeat(16) }),
    act: noting({ verdict: "applied" as const, reply: {} }),
    snapshot: noting({ state: "none" as const }),
    snapshotChunk: noting(new Uint8Array([1, 2, 3])),
    ...replaced,
  };
  return { sync, asked };
}

/** Serves on a free loopback port until the test is over. `incidents` are the faults that were written down. */
export async function serve(headOffice: ServeOptions["headOffice"], options: Partial<ServeOptions> = {}) {
  const incidents: unknown[] = [];
  const serving = await serveHeadOffice({
    headOffice,
    host: "127.0.0.1",
    port: 0,
    reportIncident: (_where, cause) => `incident-${incidents.push(cause)}`,
    ...options,
  });
  onTestFinished(serving.close);
  return { ...serving, incidents };
}

export type Posted = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export async function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Posted> {
  const isBytes = typeof body === "string" || body instanceof Uint8Array;
  const reply = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: isBytes ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text === "" ? null : JSON.parse(text) };
}

const zeros = (bytes: number): string => "00".repeat(bytes);

/** Requests that the schemas accept; the double does not look at what they say. */
export const wellFormed = {
  enrol: { code: "0123456789ABCDEFGHJKMNPQRS", publicKey: "", app: "test" },
  push: (body = "{}") => ({
    replica: 1,
    incarnation: zeros(8),
    baseSeq: 0,
    baseHash: zeros(32),
    ops: [{ id: "01890000-0000-7000-8000-000000000001", seq: 1, hlc: zeros(8), t: "points.award", v: 1, b: body, h: zeros(32) }],
    headHash: zeros(32),
    signature: "",
  }),
  pull: { replica: 1, incarnation: zeros(8), cursors: {}, serverEpoch: 1, maxBytes: 1_000_000, waitMs: 25_000 },
};
export const bearer = { authorization: "Bearer token-of-1" };
