import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { signWith } from "#main/security/device-key.ts";
import { openChunks, openSnapshotFile } from "#server/snapshots/snapshot-file.ts";
import { streams, type DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import {
  chunkBytes,
  chunkSeal,
  manifestBytes,
  type SnapshotChunkRequest,
  type SnapshotManifest,
  type SnapshotReply,
} from "#shared/contracts/sync/snapshot.ts";
import { makeHashRow } from "#shared/contracts/sync/row-hash.ts";
import { sha256 } from "#server/app/sha256.ts";
import { directoryKey } from "#test/support/counter.ts";
import { makeRepairAnswers } from "./repair-answers.ts";
import { syncPath, type HelloReply, type RepairRequest } from "#shared/contracts/sync/wire.ts";

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
  heads: { [streams.directory]: Number(process.argv[2]) },
  limits: { maxOperations: 1, maxBytes: 1 },
  lives: [],
  deposit: { publicKey: inBase64(32), signature: inBase64(64), keyId: null },
  token: "token",
};

const hashRow = makeHashRow(sha256, directoryKey);

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

const snapshotId = "01931b66-7a00-4000-8000-0000000000c1";
const key = randomBytes(chunkSeal.keyBytes);

/** The file that head office has made in the night before. @returns its sealed chunks, and what names them */
function makeSnapshot(): { readonly chunks: readonly Uint8Array[]; readonly reply: SnapshotReply } {
  const folder = mkdtempSync(join(tmpdir(), "bench-snapshot-"));
  const path = join(folder, "snapshot.db");
  const file = openSnapshotFile(path);
  for (let n = 1; n <= members; n += 1) {
    const doc = member(n);
    const row = { kind: "directory", id: doc.memberId, ver: 1, doc };
    file.add([{ ...row, gseq: n, deleted: false, hash: hashRow(row) }]);
  }
  file.finish();
  const sealed = openChunks(path, snapshotId, key);
  const chunks = Array.from({ length: Math.ceil(sealed.fileBytes / chunkBytes) }, (_, chunk) => sealed.chunk(chunk));
  sealed.close();
  rmSync(folder, { recursive: true });
  const manifest = JSON.stringify({
    v: 1,
    snapshotId,
    serverId: hello.serverId,
    serverEpoch: hello.serverEpoch,
    stream: streams.directory,
    gseq: members,
    rows: members,
    madeAtMs: hello.serverTimeMs,
    fileBytes: sealed.fileBytes,
    chunks: chunks.map((bytes) => createHash("sha256").update(bytes).digest("hex")),
  } satisfies SnapshotManifest);
  const signature = Buffer.from(signWith(headOfficeKey, manifestBytes(manifest))).toString("base64");
  return { chunks, reply: { state: "made", manifest, signature, key: key.toString("base64") } };
}

/** The directory of a company that there is not, of so many members, as the file that head office hands out. It ends with the one that started it. */
const members = Number(process.argv[2]);
/** Head office's, which the station knows by its other half. */
const headOfficeKey = Buffer.from(process.argv[3] ?? "", "hex");
const server = createServer((request, response) => {
  void answerOf(request).then((answer) => response.setHeader("content-length", Buffer.byteLength(answer)).end(answer));
});

async function answerOf(request: IncomingMessage): Promise<string | Uint8Array> {
  const sent = await buffer(request);
  const asked = String(request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent);
  if (request.url === syncPath.challenge) return JSON.stringify({ challenge: inBase64(32) });
  if (request.url === syncPath.hello) return JSON.stringify(hello);
  if (request.url === syncPath.pull)
    return repairs
      .pull(Date.now())
      .map((frame) => JSON.stringify(frame))
      .join("\n");
  if (request.url === syncPath.repair) return JSON.stringify(repairs.repair(JSON.parse(asked) as RepairRequest));
  if (request.url === syncPath.snapshot) return JSON.stringify(snapshot.reply);
  return snapshot.chunks[(JSON.parse(asked) as SnapshotChunkRequest).chunk] ?? "";
}

const snapshot = makeSnapshot();
const repairs = makeRepairAnswers({ members, member, hashRow });
server.listen(0, "127.0.0.1", () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once("disconnect", () => server.close());
