import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { sha256 } from "#main/db/sha256.ts";
import { isSignedBy, makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { envelopeRequest, openEnvelope } from "#shared/contracts/sync/envelope.ts";
import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import { fromWire } from "#shared/contracts/sync/operation-wire.ts";
import { depositKeyBytes, helloBytes, identityBytes, pushBytes } from "#shared/contracts/sync/signed-bytes.ts";
import {
  actRequest,
  depositRequest,
  drawRequest,
  enrolRequest,
  findRequest,
  helloRequest,
  identityRequest,
  ownOpsRequest,
  pullRequest,
  pushRequest,
  syncPath,
  type FoundAtHeadOffice,
  type HelloReply,
  type PullFrame,
  type PushResult,
  type WireOperation,
} from "#shared/contracts/sync/wire.ts";
import { makeEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import { hashBehind, genesisHash } from "#shared/domain/operations/encode.ts";

type Path = keyof typeof syncPath;
type Answer = { readonly status: number; readonly body: unknown };
/** What happens to the next request of a kind instead of a good answer. */
type Trouble =
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly code: string;
      readonly data?: Record<string, unknown>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** It was worked through, and the line broke before the answer arrived. */
  | { readonly kind: "loseAnswer" }
  /** The line stays open and nothing comes. */
  | { readonly kind: "neverAnswer" }
  | { readonly kind: "answer"; readonly body: string };

type Row = Extract<PullFrame, { k: "row" | "del" }>;
type Received = { readonly hash: string; readonly result: PushResult };

export const fakeBranch = { branchId: "branch-a", code: "A", name: "城东店" };
export const profile = `prof/${fakeBranch.branchId}`;

/**
 * A head office of one station, over real HTTP on loopback: it checks keys, signatures, chain and order as the protocol says, and has
 * no opinion about points. Troubles are planted one request at a time.
 */
export async function openFakeHeadOffice() {
  const privateKey = makeDeviceKey();
  const publicKey = publicKeyOf(privateKey);
  const code = makeEnrolmentCode(sha256, randomBytes(10), publicKey);
  const replica = 7;
  const challenge = randomBytes(32);
  const requests: { readonly path: Path; readonly body: unknown; readonly token: string }[] = [];
  const troubles: { readonly path: Path; readonly trouble: Trouble }[] = [];
  const received: Received[] = [];
  const rows: Row[] = [];
  const waiting = new Set<() => void>();
  let stationKey: Uint8Array | undefined;
  let token = "token-1";
  let g = 0;

  const settings = {
    serverId: "server",
    verdict: "ok" as HelloReply["verdict"],
    serverEpoch: 1,
    serverTimeMs: Date.parse("2026-05-12T10:00:00+08:00"),
    limits: { maxOperations: 500, maxBytes: 1_048_576 },
    /** Operations a push may carry before it is answered with 413. */
    operationsAtOnce: 1_000,
    granted: 0,
    /** To which stations seal the keys of their data; this office does not look inside. */
    depositKey: generateKeyPairSync("x25519").publicKey.export({ format: "der", type: "spki" }).subarray(-32) as Uint8Array,
    depositedKeyId: null as string | null,
    /** False when somebody in the line puts another key in its place. */
    signsDepositKey: true,
    /** What becomes of an operation, and which rows of the feed follow from it. */
    judge: (_op: WireOperation): Pick<PushResult, "verdict" | "code"> => ({ verdict: "applied" }),
    onDraw: (_memberId: string): void => undefined,
    found: (_value: string): readonly FoundAtHeadOffice[] => [],
    onAct: (_proposalId: string): void => undefined,
  };
  const office = { url: "", code, publicKey, requests, received, settings, plant, publish, remove, restoreWithout, close, asked };

  function plant(path: Path, ...planted: readonly Trouble[]): void {
    troubles.push(...planted.map((trouble) => ({ path, trouble })));
  }
  function announce(row: Row): number {
    rows.push(row);
    for (const wake of waiting) wake();
    return row.g;
  }
  function publish<K extends keyof FeedRecords>(stream: string, kind: K, id: string, record: FeedRecords[K]): number {
    g += 1;
    return announce({ k: "row", s: stream, g, e: kind, id, ver: 1, d: record });
  }
  function remove(stream: string, kind: keyof FeedRecords, id: string): number {
    g += 1;
    return announce({ k: "del", s: stream, g, e: kind, id, ver: 1 });
  }
  /** Back to how it was before the last operations and rows: a backup was restored, and rows are numbered from there. */
  function restoreWithout(count: number, rowCount = 0): void {
    received.splice(received.length - count);
    rows.splice(rows.length - rowCount);
    g = rows.at(-1)?.g ?? 0;
    settings.serverEpoch += 1;
    token = `token-${settings.serverEpoch}`;
  }
  function asked(path: Path): readonly unknown[] {
    return requests.filter((request) => request.path === path).map(({ body }) => body);
  }

  const refuse = (status: number, refusal: string, data: Record<string, unknown> = {}): Answer => ({
    status,
    body: { error: { code: refusal, message: refusal, data } },
  });
  const ok = (body: unknown): Answer => ({ status: 200, body });
  const ackHash = (incarnation: string): string =>
    received.at(-1)?.hash ?? Buffer.from(genesisHash(sha256, replica, incarnation)).toString("hex");

  const endpoints: Readonly<Record<Path, (body: unknown, presented: string, request: IncomingMessage) => Answer | Promise<Answer>>> = {
    identity: (body) => {
      const nonce = Buffer.from(identityRequest.parse(body).nonce, "base64");
      const signature = signWith(privateKey, identityBytes(nonce)).toString("base64");
      return ok({ publicKey: Buffer.from(publicKey).toString("base64"), signature });
    },
    enrol: (body) => {
      const joining = enrolRequest.parse(body);
      const key = Buffer.from(joining.publicKey, "base64");
      if (joining.code !== code) return refuse(403, "CODE_WRONG", { triesLeft: 4 });
      if (stationKey && !key.equals(stationKey)) return refuse(409, "CODE_USED");
      stationKey = key;
      return ok({
        replica,
        branch: fakeBranch,
        serverId: settings.serverId,
        serverEpoch: settings.serverEpoch,
        headOfficeKey: Buffer.from(publicKey).toString("base64"),
        directoryKey: Buffer.alloc(32, 3).toString("base64"),
        isSample: false,
      });
    },
    erasures: () => ok({ done: 0 }),
    present: () => ok({}),
    challenge: () => (stationKey ? ok({ challenge: challenge.toString("base64") }) : refuse(404, "REPLICA_UNKNOWN")),
    hello: (body) => {
      const hello = helloRequest.parse(body);
      const signature = Buffer.from(hello.challengeSignature, "base64");
      if (!stationKey || !isSignedBy(stationKey, signature, helloBytes(challenge, hello.incarnation))) return refuse(403, "BAD_SIGNATURE");
      return ok({
        verdict: settings.verdict,
        proto: 1,
        serverId: settings.serverId,
        serverEpoch: settings.serverEpoch,
        serverTimeMs: settings.serverTimeMs,
        serverHlc: `${settings.serverTimeMs.toString(16).padStart(12, "0")}0000`,
        ackSeq: received.length,
        ackHash: ackHash(hello.incarnation),
        streams: [`me/${replica}`, "cfg", "dir", profile],
        heads: Object.fromEntries(rows.map(({ s, g: head }) => [s, head])),
        limits: settings.limits,
        lives: [],
        deposit: {
          publicKey: Buffer.from(settings.depositKey).toString("base64"),
          signature: signWith(settings.signsDepositKey ? privateKey : makeDeviceKey(), depositKeyBytes(settings.depositKey)).toString(
            "base64",
          ),
          keyId: settings.depositedKeyId,
        },
        token,
      });
    },
    push: (body, presented) => {
      const push = pushRequest.parse(body);
      if (presented !== token) return refuse(401, "TOKEN");
      if (push.ops.length > settings.operationsAtOnce) return refuse(413, "TOO_LARGE");
      if (push.baseSeq > received.length) return refuse(409, "GAP", { ackSeq: received.length });
      if (!stationKey || !isSignedBy(stationKey, Buffer.from(push.signature, "base64"), pushBytes(Buffer.from(push.headHash, "hex"))))
        return refuse(403, "BAD_SIGNATURE");
      const base = received[push.baseSeq - 1];
      if (base && base.hash !== push.baseHash) return refuse(409, "FORK", { seq: push.baseSeq, hashHere: base.hash });
      const results: PushResult[] = [];
      let prev: Uint8Array = Buffer.from(push.baseHash, "hex");
      for (const wire of push.ops) {
        const op = fromWire(wire, { replica, incarnation: push.incarnation, prev });
        const hash = hashBehind(sha256, prev, op);
        if (Buffer.from(hash).toString("hex") !== wire.h) return refuse(409, "CHAIN_BROKEN", { seq: wire.seq });
        const known = received[wire.seq - 1];
        if (known && known.hash !== wire.h) return refuse(409, "FORK", { seq: wire.seq, hashHere: known.hash });
        if (known)
          results.push({
            ...known.result,
            verdict: "duplicate",
            first: known.result.verdict === "quarantined" ? "quarantined" : "applied",
          });
        else {
          const judged = settings.judge(wire);
          const result: PushResult = { seq: wire.seq, ...judged, settle: [{ s: profile, g }] };
          received.push({ hash: wire.h, result });
          results.push(result);
        }
        prev = hash;
      }
      return ok({ ackSeq: received.length, ackHash: ackHash(push.incarnation), results, serverTimeMs: settings.serverTimeMs });
    },
    envelope: (body, presented, request) => {
      const push = openEnvelope(envelopeRequest.parse(body));
      if (!push) return refuse(400, "MALFORMED");
      const pushed = endpoints.push(push, presented, request) as Answer;
      return pushed.status === 200 ? ok({ ackSeq: received.length }) : pushed;
    },
    pull: async (body, presented, request) => {
      const pull = pullRequest.parse(body);
      if (presented !== token) return refuse(401, "TOKEN");
      if (pull.serverEpoch !== settings.serverEpoch) return refuse(409, "EPOCH_CHANGED", { serverEpoch: settings.serverEpoch });
      const streams = Object.keys(pull.cursors).filter((stream) => !pull.without?.includes(stream));
      const news = (): Row[] => rows.filter((row) => row.g > (pull.cursors[row.s] ?? 0) && streams.includes(row.s));
      if (pull.waitMs > 0 && news().length === 0)
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
          request.socket.once("close", wake);
        });
      const serverHlc = `${settings.serverTimeMs.toString(16).padStart(12, "0")}0000`;
      const frames: PullFrame[] = [{ k: "hdr", serverEpoch: settings.serverEpoch, serverTimeMs: settings.serverTimeMs, serverHlc }];
      for (const stream of streams) {
        const some = news().filter(({ s }) => s === stream);
        frames.push(...some, { k: "cur", s: stream, g: Math.max(pull.cursors[stream] ?? 0, some.at(-1)?.g ?? 0), more: false });
      }
      return ok(asLines([...frames, { k: "end" }]));
    },
    draw: (body, presented) => {
      if (presented !== token) return refuse(401, "TOKEN");
      settings.onDraw(drawRequest.parse(body).memberId);
      return ok({ granted: settings.granted });
    },
    find: (body, presented) => {
      if (presented !== token) return refuse(401, "TOKEN");
      return ok({ members: settings.found(findRequest.parse(body).value), isCut: false, asOfMs: settings.serverTimeMs });
    },
    repair: () => ok({ found: "moved" }),
    ownOps: (body, presented) => {
      if (presented !== token) return refuse(401, "TOKEN");
      ownOpsRequest.parse(body);
      return ok({ ops: [] });
    },
    deposit: (body, presented) => {
      if (presented !== token) return refuse(401, "TOKEN");
      const { keyId } = depositRequest.parse(body);
      settings.depositedKeyId = keyId;
      return ok({ keyId });
    },
    snapshot: () => ok({ state: "none" }),
    snapshotChunk: () => refuse(404, "SNAPSHOT_GONE"),
    act: (body, presented) => {
      if (presented !== token) return refuse(401, "TOKEN");
      const { proposalId } = actRequest.parse(body).body;
      settings.onAct(String(proposalId));
      return ok({ verdict: "applied", reply: { proposalId, state: "approved" } });
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (Object.keys(syncPath) as Path[]).find((each) => syncPath[each] === request.url);
    if (!path) return void response.writeHead(404).end();
    const presented = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const isPacked = request.headers["content-encoding"] === "gzip";
    const body: unknown = await json(isPacked ? request.pipe(createGunzip()) : request);
    requests.push({ path, body, token: presented });
    const next = troubles.findIndex((planted) => planted.path === path);
    const trouble = next < 0 ? undefined : troubles.splice(next, 1)[0]?.trouble;
    if (trouble?.kind === "neverAnswer") return;
    if (trouble?.kind === "answer") return void response.writeHead(200).end(trouble.body);
    const answer =
      trouble?.kind === "refuse" ? refuse(trouble.status, trouble.code, trouble.data) : await endpoints[path](body, presented, request);
    if (trouble?.kind === "loseAnswer") return void request.socket.destroy();
    response
      .writeHead(answer.status, trouble?.kind === "refuse" ? trouble.headers : {})
      .end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((cause: unknown) => response.destroy(cause instanceof Error ? cause : undefined));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  office.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Ends with the test; open long polls are cut. */
  async function close(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
  return office;
}
export const asLines = (frames: readonly PullFrame[]): string => frames.map((frame) => `${JSON.stringify(frame)}\n`).join("");
