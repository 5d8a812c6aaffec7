import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { streams, type DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import { syncPath, type HelloReply, type PullFrame, type PullRequest } from "#shared/contracts/sync/wire.ts";

const rowsAtOnce = 5_000;
const zeros = (bytes: number): string => "0".repeat(bytes * 2);
const inBase64 = (bytes: number): string => randomBytes(bytes).toString("base64");

const hello: HelloReply = {
  verdict: "ok",
  proto: 1,
  serverId: "server",
  serverEpoch: 1,
  serverTimeMs: Date.now(),
  serverHlc: zeros(8),
  ackSeq: 0,
  ackHash: zeros(32),
  streams: [streams.directory],
  limits: { maxOperations: 1, maxBytes: 1 },
  lives: [],
  deposit: { publicKey: inBase64(32), signature: inBase64(64), keyId: null },
  token: "token",
};

function member(n: number): DirectoryRecord {
  const hash = createHash("sha256").update(String(n)).digest("hex");
  return {
    memberId: `01931b66-7a00-7000-8000-${n.toString(16).padStart(12, "0")}`,
    memberNumber: `M${String(n).padStart(8, "0")}`,
    nameMasked: "王**",
    state: "active",
    homeBranch: "01931b66-7a00-7000-8000-0000000000e1",
    phone: { last4: hash.slice(-4), tag: hash.slice(32, 35) },
    cards: [{ hash: hash.slice(0, 32), last4: hash.slice(-4), cardKind: "main", state: "active", blockedReason: null }],
  };
}

function page(after: number, members: number): string {
  const upTo = Math.min(members, after + rowsAtOnce);
  const rows = Array.from({ length: upTo - after }, (_, i): PullFrame => {
    const g = after + i + 1;
    const d = member(g);
    return { k: "row", s: streams.directory, g, e: "directory", id: d.memberId, ver: 1, d };
  });
  const { serverEpoch, serverTimeMs, serverHlc } = hello;
  const frames: readonly PullFrame[] = [
    { k: "hdr", serverEpoch, serverTimeMs, serverHlc },
    ...rows,
    { k: "cur", s: streams.directory, g: upTo, more: upTo < members },
    { k: "end" },
  ];
  return frames.map((frame) => `${JSON.stringify(frame)}\n`).join("");
}

/** The directory of a company that there is not, of so many members, page by page as head office sends it. It ends with the one that started it. */
const members = Number(process.argv[2]);
const server = createServer((request, response) => {
  void answerOf(request).then((answer) => response.end(answer));
});

async function answerOf(request: IncomingMessage): Promise<string> {
  const asked = await text(request);
  if (request.url === syncPath.challenge) return JSON.stringify({ challenge: inBase64(32) });
  if (request.url === syncPath.hello) return JSON.stringify(hello);
  return page((JSON.parse(asked) as PullRequest).cursors[streams.directory] ?? 0, members);
}

server.listen(0, "127.0.0.1", () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once("disconnect", () => server.close());
